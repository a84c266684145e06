package io.tailrace.samples;

/** Tells the person who waits how far a step is. Owner: the thread that runs the sample. */
@FunctionalInterface
public interface Progress {
    /** For tests and quiet runs. */
    Progress SILENT = (verb, unit, total) -> done -> {};

    /**
     * Begins a step; closing the returned meter ends it.
     *
     * @param verb what is done, in the past tense: {@code "loaded"}
     * @param unit what is counted: {@code "lines"}
     * @param total how many there are
     */
    Meter start(String verb, String unit, long total);

    /** The progress of one step. */
    @FunctionalInterface
    interface Meter extends AutoCloseable {
        /** @param done how many are done so far; never less than before. Cheap enough to be called for every record. */
        void reached(long done);

        @Override
        default void close() {}
    }
}
