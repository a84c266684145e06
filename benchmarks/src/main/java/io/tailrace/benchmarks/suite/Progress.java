package io.tailrace.benchmarks.suite;

/** Ends a measurement that stands still instead of repeating it forever. */
final class Progress {
    private Progress() {}

    static int checked(int records) {
        if (records <= 0) {
            throw new IllegalStateException("no record came for ten seconds; some were lost");
        }
        return records;
    }
}
