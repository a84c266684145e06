package io.tailrace.processor.api;

/** A {@link Processor} that cannot change keys, so that no repartitioning follows it (KIP-820). */
@FunctionalInterface
public interface FixedKeyProcessor<KIn, VIn, VOut> {
    /** Called once before the first record, after the task's stores were restored. */
    default void init(FixedKeyProcessorContext<KIn, VOut> context) {}

    void process(FixedKeyRecord<KIn, VIn> record);

    /** Called once after the last record. Stores are still open and are not the processor's to close. */
    default void close() {}
}
