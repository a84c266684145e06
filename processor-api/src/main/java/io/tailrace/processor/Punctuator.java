package io.tailrace.processor;

/** Called by a task at the interval it was scheduled with. Owner: the task's thread, as for the processor itself. */
@FunctionalInterface
public interface Punctuator {
    /** @param timestampMs stream time or wall-clock time in epoch milliseconds, by the {@link PunctuationType} */
    void punctuate(long timestampMs);
}
