package io.tailrace.common.errors;

import java.io.Serial;

/**
 * An offset to read from lies before the log start offset (retention removed it) or behind the log end offset, and the
 * consumer has no reset policy.
 */
public final class OffsetOutOfRangeException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String topic;
    private final int partition;
    private final long offset;

    /**
     * @param startOffset log start offset, the first that can be read
     * @param endOffset log end offset, the next to be written; reading from it waits
     */
    public OffsetOutOfRangeException(String topic, int partition, long offset, long startOffset, long endOffset) {
        super(topic + "-" + partition + ": offset " + offset + " is out of range, expected " + startOffset + ".."
                + endOffset + "; seek to one of these or set auto.offset.reset");
        this.topic = topic;
        this.partition = partition;
        this.offset = offset;
    }

    public String topic() {
        return topic;
    }

    public int partition() {
        return partition;
    }

    public long offset() {
        return offset;
    }
}
