package io.tailrace.processor.time;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.errors.StreamsException;

/** Takes the record's timestamp and fails without one. The default of an application. */
public class FailOnInvalidTimestamp extends ExtractRecordMetadataTimestamp {
    /** @throws StreamsException always */
    @Override
    public long onInvalidTimestamp(ConsumerRecord<Object, Object> record, long recordTimestamp, long partitionTime) {
        throw new StreamsException("record " + record.topic() + "-" + record.partition() + "@" + record.offset()
                + " has timestamp " + recordTimestamp + ", expected 0 or more: write records with a timestamp, or give"
                + " the source a TimestampExtractor that finds one, such as UsePartitionTimeOnInvalidTimestamp");
    }
}
