package io.tailrace.log.api;

/** Which records of transactions a reader sees, as Kafka's {@code isolation.level}. */
public enum IsolationLevel {
    /** All, also those of transactions that are open or were aborted. */
    READ_UNCOMMITTED,
    /**
     * Those without a transaction and those of committed transactions, in the order of their offsets: nothing behind the last
     * stable offset, where the first open transaction begins.
     */
    READ_COMMITTED
}
