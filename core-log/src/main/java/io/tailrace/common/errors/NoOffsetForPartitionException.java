package io.tailrace.common.errors;

import java.io.Serial;

/**
 * A consumer has neither a committed offset for a partition nor a policy that says where to start.
 */
public final class NoOffsetForPartitionException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String topic;
    private final int partition;

    public NoOffsetForPartitionException(String topic, int partition) {
        super(
                topic + "-" + partition
                        + ": no committed offset and auto.offset.reset is none; seek, commit an offset or set auto.offset.reset");
        this.topic = topic;
        this.partition = partition;
    }

    public String topic() {
        return topic;
    }

    public int partition() {
        return partition;
    }
}
