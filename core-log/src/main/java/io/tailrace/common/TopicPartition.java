package io.tailrace.common;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A topic's name and the number of one of its partitions. Ordered by topic, then by partition. */
public final class TopicPartition implements Comparable<TopicPartition> {
    private final String topic;
    private final int partition;
    private final int hash; // computed once: instances are keys of many maps on the record path

    /** @param partition from 0 */
    public TopicPartition(String topic, int partition) {
        this.topic = Objects.requireNonNull(topic, "topic must not be null");
        if (partition < 0) {
            throw new IllegalArgumentException(
                    "partition of topic '" + topic + "' is " + partition + ", expected 0 or more");
        }
        this.partition = partition;
        this.hash = 31 * topic.hashCode() + partition;
    }

    public String topic() {
        return topic;
    }

    public int partition() {
        return partition;
    }

    @Override
    public int compareTo(TopicPartition that) {
        int byTopic = topic.compareTo(that.topic);
        return byTopic != 0 ? byTopic : Integer.compare(partition, that.partition);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof TopicPartition that && partition == that.partition && topic.equals(that.topic));
    }

    @Override
    public int hashCode() {
        return hash;
    }

    /** The form used in messages and as directory name, for example {@code flights-3}. */
    @Override
    public String toString() {
        return topic + "-" + partition;
    }
}
