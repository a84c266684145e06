package io.tailrace.processor;

/**
 * What a task offers to a store that holds writes back: until they are evicted, or until the next commit calls the store's
 * {@link CommitCallback}. What the store does with such a write then happens in the place of the record that caused it. Owner: the
 * task's thread.
 */
public interface WriteBack {
    /** Makes the cache one of those that share {@link #space} while the task is active; to be called once, when a store opens. */
    void join(CacheSpace.Member cache);

    /** The memory for what is held back; another one after the task has moved to another worker. */
    CacheSpace space();

    /**
     * Says that the store holds something back, so that there is something to commit.
     *
     * @return what is being processed; the same object each time, which always shows the present: copy what is needed
     */
    RecordContext hold();

    /** Does the work as if {@code origin} were being processed: what is written or forwarded has its time, headers and place. */
    void resume(RecordContext origin, Runnable work);
}
