package io.tailrace.processor.api;

/**
 * One node's code. Each task has an instance of its own and calls it from one thread at a time, so fields need no
 * synchronization.
 *
 * @param <KOut> the common supertype of all keys forwarded; {@link Void} for a processor that forwards nothing
 */
@FunctionalInterface
public interface Processor<KIn, VIn, KOut, VOut> {
    /** Called once before the first record, after the task's stores were restored. */
    default void init(ProcessorContext<KOut, VOut> context) {}

    /** An exception that leaves here ends the task's turn; the application's exception handlers decide what follows. */
    void process(Record<KIn, VIn> record);

    /** Called once after the last record. Stores are still open and are not the processor's to close. */
    default void close() {}
}
