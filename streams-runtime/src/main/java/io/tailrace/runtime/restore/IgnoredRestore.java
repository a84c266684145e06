package io.tailrace.runtime.restore;

import io.tailrace.common.TopicPartition;
import io.tailrace.processor.StateRestoreListener;

/** The listener of an application that has none. */
public enum IgnoredRestore implements StateRestoreListener {
    INSTANCE;

    @Override
    public void onRestoreStart(TopicPartition partition, String store, long startingOffset, long endingOffset) {}

    @Override
    public void onBatchRestored(TopicPartition partition, String store, long batchEndOffset, long numRestored) {}

    @Override
    public void onRestoreEnd(TopicPartition partition, String store, long totalRestored) {}
}
