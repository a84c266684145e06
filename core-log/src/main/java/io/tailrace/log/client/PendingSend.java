package io.tailrace.log.client;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.RecordMetadata;
import java.util.concurrent.CompletableFuture;

/** The future of one record, which knows the record's place in its batch: one object where two would do. */
final class PendingSend extends CompletableFuture<RecordMetadata> {
    private int index;
    private long timestamp;

    /** Called under the accumulator's lock, before the batch is appended. */
    void placed(int indexInBatch, long recordTimestamp) {
        index = indexInBatch;
        timestamp = recordTimestamp;
    }

    void appended(TopicPartition partition, long baseOffset) {
        complete(new RecordMetadata(partition, baseOffset + index, timestamp));
    }
}
