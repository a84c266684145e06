package io.tailrace.systemtests.crash;

import io.tailrace.common.TopicPartition;
import io.tailrace.processor.StateRestoreListener;

/** What {@link TwoApps} tell of themselves while they run. Any thread; by default nobody listens. */
interface AppReports extends StateRestoreListener {
    /** So many more records are loaded or fed. */
    default void loaded(long records) {}

    /** So many more records are put out. */
    default void put(long records) {}

    /** All tasks of the app process. */
    default void running(String applicationId) {}

    /** The store of that changelog has committed something of it; told once. */
    default void committed(TopicPartition changelog) {}

    /** An app has one worker thread more, or less. */
    default void workersChanged(String applicationId) {}

    @Override
    default void onRestoreStart(
            TopicPartition topicPartition, String storeName, long startingOffset, long endingOffset) {}

    @Override
    default void onBatchRestored(
            TopicPartition topicPartition, String storeName, long batchEndOffset, long numRestored) {}

    @Override
    default void onRestoreEnd(TopicPartition topicPartition, String storeName, long totalRestored) {}
}
