package io.tailrace.log.api;

/**
 * A record that was looked up by time.
 *
 * @param timestamp of the record, in milliseconds since 1970
 */
public record OffsetAndTimestamp(long offset, long timestamp) {}
