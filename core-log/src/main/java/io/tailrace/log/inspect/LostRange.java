package io.tailrace.log.inspect;

/**
 * Records of a partition that could not be read.
 *
 * @param file path in the storage, of the log file with the damage
 * @param position of the first damaged byte
 * @param bytes how many are no intact batch
 * @param firstOffset no record before it is lost
 * @param endOffset no record at or behind it is lost; {@link #UNKNOWN} when the damage is at the end of the partition
 * @param reason what was found and what was expected
 */
public record LostRange(String file, long position, long bytes, long firstOffset, long endOffset, String reason) {
    /** An offset that nobody knows. */
    public static final long UNKNOWN = -1;
}
