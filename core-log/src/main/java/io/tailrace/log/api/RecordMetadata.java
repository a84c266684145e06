package io.tailrace.log.api;

import io.tailrace.common.TopicPartition;

/**
 * Where an appended record went.
 *
 * @param offset its number in the partition
 * @param timestamp in milliseconds since 1970, as stored
 */
public record RecordMetadata(TopicPartition topicPartition, long offset, long timestamp) {

    public String topic() {
        return topicPartition.topic();
    }

    public int partition() {
        return topicPartition.partition();
    }
}
