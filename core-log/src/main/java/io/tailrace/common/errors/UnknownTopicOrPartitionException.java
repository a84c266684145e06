package io.tailrace.common.errors;

import java.io.Serial;

/**
 * A topic, or a partition of an existing topic, does not exist.
 */
public final class UnknownTopicOrPartitionException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String topic;

    /** The topic as a whole is unknown. */
    public UnknownTopicOrPartitionException(String topic) {
        super("topic '" + topic + "' does not exist; create it first");
        this.topic = topic;
    }

    /**
     * The topic exists, the partition does not.
     *
     * @param partitions how many partitions the topic has; they are numbered from 0
     */
    public UnknownTopicOrPartitionException(String topic, int partition, int partitions) {
        super("topic '" + topic + "' has no partition " + partition + ", expected 0.." + (partitions - 1));
        this.topic = topic;
    }

    public String topic() {
        return topic;
    }
}
