package io.tailrace.runtime.restore;

import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.processor.StateRestoreListener;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A listener that adds up the restores of all stores, for a progress bar or a line of text:
 *
 * <pre>{@code
 * app.setGlobalStateRestoreListener(RestoreReporter.lines(System.err::println, Time.SYSTEM));
 * }</pre>
 *
 * <p>Any thread; reports come one at a time.
 */
public final class RestoreReporter implements StateRestoreListener {
    private static final long LINE_EVERY_NS = 2_000_000_000L;

    private final Consumer<Report> reports;
    private final Map<TopicPartition, Long> remaining = new HashMap<>(); // guarded by this, as all below
    private long restored;

    /**
     * How far the restores are.
     *
     * @param restored offsets replayed or passed over since the first restore began
     * @param total all of them; grows when another worker begins to restore
     * @param open partitions of stores that are not restored yet; 0 ends this round of restores
     */
    public record Report(long restored, long total, int open) {}

    /** @param reports gets one at the start and the end of each store and after each batch; should be quick */
    public RestoreReporter(Consumer<Report> reports) {
        this.reports = reports;
    }

    /** Prints a line every two seconds and at the end: {@code restored 1,200,000 of 5,000,000 records, 1,012,000 records/s}. */
    public static RestoreReporter lines(Consumer<String> out, Time time) {
        return new RestoreReporter(new Lines(out, time));
    }

    @Override
    public synchronized void onRestoreStart(
            TopicPartition topicPartition, String storeName, long startingOffset, long endingOffset) {
        if (remaining.isEmpty()) {
            restored = 0;
        }
        remaining.put(topicPartition, endingOffset - startingOffset);
        report();
    }

    @Override
    public synchronized void onBatchRestored(
            TopicPartition topicPartition, String storeName, long batchEndOffset, long numRestored) {
        Long left = remaining.get(topicPartition);
        if (left != null) {
            long done = Math.min(left, numRestored);
            remaining.put(topicPartition, left - done);
            restored += done;
            report();
        }
    }

    @Override
    public synchronized void onRestoreEnd(TopicPartition topicPartition, String storeName, long totalRestored) {
        ended(topicPartition);
    }

    @Override
    public synchronized void onRestoreSuspended(TopicPartition topicPartition, String storeName, long totalRestored) {
        ended(topicPartition);
    }

    private void ended(TopicPartition topicPartition) {
        @Nullable Long left = remaining.remove(topicPartition);
        if (left != null) {
            restored += left; // compaction had removed them
            report();
        }
    }

    private void report() {
        long left = remaining.values().stream().mapToLong(Long::longValue).sum();
        reports.accept(new Report(restored, restored + left, remaining.size()));
    }

    /** Owner: the reporter, which calls it one at a time. */
    private static final class Lines implements Consumer<Report> {
        private final Consumer<String> out;
        private final Time time;
        private long startNs;
        private long printedNs;
        private boolean begun;

        Lines(Consumer<String> out, Time time) {
            this.out = out;
            this.time = time;
        }

        @Override
        public void accept(Report report) {
            long nowNs = time.nanoseconds();
            if (!begun) {
                begun = true;
                startNs = nowNs;
                printedNs = nowNs;
            }
            if (report.open() == 0 || nowNs - printedNs >= LINE_EVERY_NS) {
                printedNs = nowNs;
                begun = report.open() > 0;
                double seconds = Math.max(1e-9, (nowNs - startNs) / 1e9);
                out.accept(String.format(
                        Locale.ROOT,
                        "restored %,d of %,d records, %,.0f records/s",
                        report.restored(),
                        report.total(),
                        report.restored() / seconds));
            }
        }
    }
}
