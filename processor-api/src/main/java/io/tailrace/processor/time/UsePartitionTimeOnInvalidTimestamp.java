package io.tailrace.processor.time;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.errors.StreamsException;

/** Takes the record's timestamp, or without one the highest timestamp read from its partition so far. */
public class UsePartitionTimeOnInvalidTimestamp extends ExtractRecordMetadataTimestamp {
    /** @throws StreamsException when no record before this one had a timestamp */
    @Override
    public long onInvalidTimestamp(ConsumerRecord<Object, Object> record, long recordTimestamp, long partitionTime) {
        if (partitionTime < 0) {
            throw new StreamsException("record " + record.topic() + "-" + record.partition() + "@" + record.offset()
                    + " has timestamp " + recordTimestamp + " and no record of its partition had one before: expected 0"
                    + " or more at least in the first record");
        }
        return partitionTime;
    }
}
