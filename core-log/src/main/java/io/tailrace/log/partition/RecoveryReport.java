package io.tailrace.log.partition;

import io.tailrace.common.TopicPartition;

/**
 * Something that opening a partition found in a segment: bytes that are not a batch.
 *
 * @param file path in the storage
 * @param position of the first bad byte in the file
 * @param bytes how many are bad
 * @param outcome what was done about it
 * @param reason what was found there and what was expected
 */
public record RecoveryReport(
        TopicPartition topicPartition, String file, long position, long bytes, Outcome outcome, String reason) {

    /** What was done about the damage. */
    public enum Outcome {
        /**
         * A write that a crash or a power loss cut off: no intact batch follows, or the device has lost a sector in front of
         * what follows, none of which was known to be forced. The bytes were removed, up to the end of the file.
         */
        TRUNCATED,
        /**
         * Intact batches follow: a stored batch was damaged later. Everything was left as it is; reading the damaged offsets
         * fails, reading the others works.
         */
        KEPT
    }

    @Override
    public String toString() {
        String what = outcome == Outcome.TRUNCATED
                ? " was torn, removed " + bytes + " bytes up to the end of the file"
                : " is damaged, kept " + bytes + " bytes that cannot be read, in front of intact batches";
        return file + " at " + position + what + ": " + reason;
    }
}
