package io.tailrace.log.inspect;

/** Is told how far a long look at a log is. Called by the thread that works, every few hundred kilobytes or more often. */
@FunctionalInterface
public interface ByteProgress {
    /** Tells nobody. */
    ByteProgress SILENT = (doneBytes, totalBytes) -> {};

    /**
     * @param doneBytes never less than before
     * @param totalBytes as known at the beginning; the log may have grown or shrunk since
     */
    void onBytes(long doneBytes, long totalBytes);
}
