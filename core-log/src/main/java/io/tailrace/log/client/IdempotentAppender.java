package io.tailrace.log.client;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.catalog.ProducerIds;
import io.tailrace.log.partition.Partition;
import io.tailrace.log.record.BatchWriter;

/** Appends batches with a producer id, which is taken when the first batch needs it, and with numbered records. */
final class IdempotentAppender extends Appender {
    private static final long NONE = -1;
    private static final short EPOCH = 0;

    private final ProducerIds producerIds;
    private volatile long producerId = NONE; // written under this

    IdempotentAppender(ProducerIds producerIds) {
        this.producerIds = producerIds;
    }

    @Override
    void begun(TopicPartition partition) {}

    @Override
    long append(Topic topic, int index, BatchWriter batch, Sequence sequence) {
        Partition partition = topic.partition(index);
        long id = producerId;
        if (id == NONE) {
            id = takeId();
        }
        long baseOffset = partition.append(batch, sequence.stamp(id, EPOCH, /* transactional */ false));
        sequence.advance(batch.count());
        return baseOffset;
    }

    private synchronized long takeId() {
        if (producerId == NONE) {
            producerId = producerIds.next();
        }
        return producerId;
    }
}
