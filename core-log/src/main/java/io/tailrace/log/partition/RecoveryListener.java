package io.tailrace.log.partition;

import io.tailrace.common.TopicPartition;

/** Is told what opening a partition found damaged, and how much it had to look at; see {@link Partition#open}. */
@FunctionalInterface
public interface RecoveryListener {
    /** For callers that are content with the log message. */
    RecoveryListener NONE = report -> {};

    /** Called on the thread that opens the partition, before the partition can be used. */
    void onRecovery(RecoveryReport report);

    /** Called once, on the same thread, when segments of the partition were scanned, after all reports. */
    default void onScanned(TopicPartition topicPartition, long bytes) {}
}
