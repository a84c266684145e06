package io.tailrace.log.client;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.record.BatchWriter;

/** Appends batches that do not say who wrote them. */
final class PlainAppender extends Appender {

    @Override
    void begun(TopicPartition partition) {}

    @Override
    long append(Topic topic, int index, BatchWriter batch, Sequence sequence) {
        return topic.partition(index).append(batch, null);
    }
}
