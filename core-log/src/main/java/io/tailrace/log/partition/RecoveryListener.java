package io.tailrace.log.partition;

/** Is told what opening a partition found damaged; see {@link Partition#open}. */
@FunctionalInterface
public interface RecoveryListener {
    /** For callers that are content with the log message. */
    RecoveryListener NONE = report -> {};

    /** Called on the thread that opens the partition, before the partition can be used. */
    void onRecovery(RecoveryReport report);
}
