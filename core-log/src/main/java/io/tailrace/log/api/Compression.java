package io.tailrace.log.api;

/**
 * How a producer compresses its batches, named as the values of Kafka's {@code compression.type}. Consumers read all of
 * them, mixed in one topic too.
 */
public enum Compression {
    /** Not at all. */
    NONE,
    /** Small and slow; needs nothing but the JDK. */
    GZIP,
    /** Fast. */
    SNAPPY,
    /** The fastest. */
    LZ4,
    /** Nearly as fast, smaller than gzip. */
    ZSTD
}
