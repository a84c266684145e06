package io.tailrace.samples.input;

/**
 * How the lines of one kind of file become records. May remember earlier lines; a load takes a new one and shows it every
 * line from the first on. Owner: one thread.
 */
public interface LineFormat {
    /** Where the records go. */
    String topic();

    /** What the first line of the file must be; "" when there is no header. */
    String header();

    /** The record of a line. */
    Entry entry(Line line);

    /**
     * What is sent.
     *
     * @param key never null: it decides the partition
     * @param timestampMs epoch milliseconds, 0 or more
     */
    @SuppressWarnings("ArrayRecordComponent") // never compared, and a copy per line would cost
    record Entry(String key, long timestampMs, byte[] value) {}
}
