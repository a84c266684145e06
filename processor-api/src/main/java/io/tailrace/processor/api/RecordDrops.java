package io.tailrace.processor.api;

/**
 * Where a processor reports records that it leaves out, for metrics. The context of a running application implements it; contexts
 * made for tests need not. Owner: the task's thread.
 */
public interface RecordDrops {
    /** A record could not be used. */
    void dropped();

    /** A record came after its window was closed. */
    void late();
}
