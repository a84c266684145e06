package io.tailrace.runtime.task;

/**
 * The text in which a committed offset carries the partition's time, so that stream time goes on where it was after a
 * restart instead of starting over, which would let late records pass. Form: {@code t=<epoch milliseconds>}.
 */
final class PartitionTime {
    private static final String PREFIX = "t=";
    static final long UNKNOWN = -1;

    private PartitionTime() {}

    static String encode(long timeMs) {
        return timeMs < 0 ? "" : PREFIX + timeMs;
    }

    /** {@link #UNKNOWN} for a text that is not ours, as after an offset reset by hand. */
    static long decode(String metadata) {
        if (!metadata.startsWith(PREFIX)) {
            return UNKNOWN;
        }
        try {
            return Math.max(UNKNOWN, Long.parseLong(metadata.substring(PREFIX.length())));
        } catch (NumberFormatException e) {
            return UNKNOWN;
        }
    }
}
