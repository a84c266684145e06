package io.tailrace.log.partition;

import io.tailrace.common.TopicPartition;

/**
 * Something that opening a partition found in its last segment: bytes that are not a batch.
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
        /** No intact batch follows: a write that a crash cut off. The bytes were removed. */
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
                ? " was torn, removed " + bytes + " bytes behind the last intact batch"
                : " is damaged, kept " + bytes + " bytes that cannot be read, in front of intact batches";
        return file + " at " + position + what + ": " + reason;
    }
}
