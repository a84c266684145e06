package io.tailrace.processor.api;

/** What a task offers to a {@link Processor}. Owner: the task's thread. */
public interface ProcessorContext<KForward, VForward> extends ProcessingContext {
    /** Hands the record to every child in turn; returns after they are done with it. */
    <K extends KForward, V extends VForward> void forward(Record<K, V> record);

    /**
     * Hands the record to one child only.
     *
     * @throws io.tailrace.errors.StreamsException when no child has that name
     */
    <K extends KForward, V extends VForward> void forward(Record<K, V> record, String childName);
}
