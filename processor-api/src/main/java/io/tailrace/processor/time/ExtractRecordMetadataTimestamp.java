package io.tailrace.processor.time;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.processor.TimestampExtractor;

/** Takes the timestamp that the record carries; subtypes decide what to do when it is negative, that is, absent. */
abstract class ExtractRecordMetadataTimestamp implements TimestampExtractor {
    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        long timestampMs = record.timestamp();
        return timestampMs >= 0 ? timestampMs : onInvalidTimestamp(record, timestampMs, partitionTime);
    }

    /** Called with a negative {@code recordTimestamp}; returns the timestamp to use, negative to drop the record. */
    public abstract long onInvalidTimestamp(
            ConsumerRecord<Object, Object> record, long recordTimestamp, long partitionTime);
}
