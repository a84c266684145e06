package io.tailrace.runtime.metrics;

import io.tailrace.common.Time;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/** Writes a line about an application into the log, at an interval. Asked after commits; any thread, guarded by this. */
public final class SummaryLine {
    private final Consumer<String> log;
    private final String applicationId;
    private final Time time;
    private final long intervalMs;
    private final AppCounts counts;

    private long lastMs;
    private long processed;
    private long dropped;
    private long late;
    private long commits;
    private long commitNs;

    /**
     * @param log gets the line
     * @param interval zero for never
     */
    public SummaryLine(Consumer<String> log, String applicationId, Time time, Duration interval, AppCounts counts) {
        this.log = log;
        this.applicationId = applicationId;
        this.time = time;
        this.intervalMs = interval.toMillis();
        this.counts = counts;
        this.lastMs = time.milliseconds();
    }

    /** Writes the line if it is time for it; a gap of several intervals makes one line. */
    public void writeIfDue() {
        if (intervalMs > 0) {
            write(time.milliseconds());
        }
    }

    private synchronized void write(long nowMs) {
        long passedMs = nowMs - lastMs;
        if (passedMs < intervalMs) {
            return;
        }
        lastMs = nowMs;
        long records = counts.processed() - processed;
        long lost = counts.dropped() - dropped;
        long tooLate = counts.late() - late;
        long done = counts.commits() - commits;
        long doneNs = counts.commitNs() - commitNs;
        processed += records;
        dropped += lost;
        late += tooLate;
        commits += done;
        commitNs += doneNs;
        log.accept(String.format(
                Locale.ROOT,
                "Application %s: %d records in %d s (%d/s), %d dropped, %d late, %d commits of %.1f ms on average%s",
                applicationId,
                records,
                passedMs / 1000,
                records * 1000 / passedMs,
                lost,
                tooLate,
                done,
                done == 0 ? 0.0 : doneNs / 1e6 / done,
                counts.restoring() == 0 ? "" : ", " + counts.restoring() + " stores being restored"));
    }
}
