package io.tailrace.cli.console;

import io.tailrace.log.inspect.ByteProgress;
import io.tailrace.samples.Progress;
import org.jspecify.annotations.Nullable;

/** Shows the progress of a look at a log's files. Owner: one thread. */
public final class ByteMeter implements ByteProgress, AutoCloseable {
    private static final long STEP_BYTES = 1 << 16;

    private final Progress progress;
    private final String verb;
    private Progress.@Nullable Meter meter;
    private long shownBytes;

    /** @param verb in the past tense: {@code "checked"} */
    public ByteMeter(Progress progress, String verb) {
        this.progress = progress;
        this.verb = verb;
    }

    @Override
    public void onBytes(long doneBytes, long totalBytes) {
        Progress.Meter current = meter;
        if (current == null) {
            current = progress.start(verb, "bytes", totalBytes);
            meter = current;
        }
        if (doneBytes - shownBytes >= STEP_BYTES || doneBytes >= totalBytes) {
            shownBytes = doneBytes;
            current.reached(doneBytes);
        }
    }

    @Override
    public void close() {
        if (meter != null) {
            meter.close();
        }
    }
}
