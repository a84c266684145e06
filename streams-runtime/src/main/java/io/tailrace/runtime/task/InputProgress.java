package io.tailrace.runtime.task;

import io.tailrace.common.TopicPartition;

/** What a task may ask about the reading of its partitions. Owner: the worker's thread. */
public interface InputProgress {
    /** The offset of the record that will be read next. */
    long position(TopicPartition partition);

    /** Whether everything that is in the partition has been read. */
    boolean isAtEnd(TopicPartition partition);
}
