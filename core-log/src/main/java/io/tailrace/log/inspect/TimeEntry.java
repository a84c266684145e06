package io.tailrace.log.inspect;

/**
 * An entry of a time index: up to a batch, no timestamp of the segment is larger.
 *
 * @param timestamp in milliseconds since 1970
 * @param offset absolute, in the batch that has the timestamp
 */
public record TimeEntry(long timestamp, long offset) {}
