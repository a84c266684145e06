package io.tailrace.processor;

import io.tailrace.common.TopicPartition;

/** Watches the restore of stores. Must be thread safe: all threads of an application share it. */
public interface StateRestoreListener {
    /**
     * @param startingOffset the first offset to be read
     * @param endingOffset the offset after the last one to be read
     */
    void onRestoreStart(TopicPartition topicPartition, String storeName, long startingOffset, long endingOffset);

    /** @param batchEndOffset the offset of the last record of the batch */
    void onBatchRestored(TopicPartition topicPartition, String storeName, long batchEndOffset, long numRestored);

    void onRestoreEnd(TopicPartition topicPartition, String storeName, long totalRestored);

    /** Restore ended before it was complete, because the task moved away or the application closes (KIP-988). */
    default void onRestoreSuspended(TopicPartition topicPartition, String storeName, long totalRestored) {}
}
