package io.tailrace.processor;

import io.tailrace.common.ConsumerRecord;

/** Gives an input record its event time. Must be thread safe: all tasks that read the source share it. */
@FunctionalInterface
public interface TimestampExtractor {
    /**
     * @param record key and value deserialized
     * @param partitionTime the highest timestamp extracted so far from this partition in epoch milliseconds, -1 at its
     *     start
     * @return epoch milliseconds; a negative value drops the record
     */
    long extract(ConsumerRecord<Object, Object> record, long partitionTime);
}
