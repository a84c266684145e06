package io.tailrace.benchmarks.streams;

import io.tailrace.benchmarks.suite.Directories;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.processor.StateRestoreListener;
import io.tailrace.runtime.StreamsApp;
import io.tailrace.runtime.config.StreamsConfig;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** How long an application takes to be back: with its state deleted, or after it was killed. */
final class Recovering {
    static final String READY = "READY";
    private static final long LONGEST_S = 600;

    private Recovering() {}

    /** Records per second from the begin of the restore of a whole changelog to its end. */
    static Outcome restore(Measurement measurement, Path directory) throws Exception {
        List<Double> rates = new ArrayList<>();
        StreamsConfig config = config(measurement);
        double records = 0;
        try (EmbeddedLog log = EmbeddedLog.open(directory)) {
            Load.createTopics(log);
            Load.append(log, measurement.records(), Load.keys(measurement.distribution(), measurement.keys()));
            StreamsWorker.process(log, config, false);
            for (int run = 0; run < measurement.warmups() + measurement.repetitions(); run++) {
                Directories.delete(directory.resolve("state"));
                Clock clock = new Clock();
                try (StreamsApp app = new StreamsApp(Counting.topology(false, () -> {}), config, log)) {
                    app.setGlobalStateRestoreListener(clock);
                    app.start();
                    if (!clock.ended.await(LONGEST_S, TimeUnit.SECONDS)) {
                        throw new IllegalStateException("the restore did not end within " + LONGEST_S + " s");
                    }
                }
                records = clock.records;
                if (run >= measurement.warmups()) {
                    rates.add(clock.records / ((clock.endNs - clock.startNs) / 1e9));
                }
            }
        }
        return new Outcome(rates, "records/s", Map.of("records", records));
    }

    private static final class Clock implements StateRestoreListener {
        private final CountDownLatch ended = new CountDownLatch(1);
        private volatile long startNs;
        private volatile long endNs;
        private volatile long records;

        @Override
        public void onRestoreStart(TopicPartition partition, String store, long startOffset, long endOffset) {
            startNs = System.nanoTime();
        }

        @Override
        public void onBatchRestored(TopicPartition partition, String store, long endOffset, long count) {}

        @Override
        public void onRestoreEnd(TopicPartition partition, String store, long total) {
            endNs = System.nanoTime();
            records = total;
            ended.countDown();
        }
    }

    /** Fills the store with all keys, then goes on processing, until somebody kills this process. */
    static Outcome fillUntilKilled(Measurement measurement, Path directory) throws Exception {
        EmbeddedLog log = EmbeddedLog.open(directory);
        Load.createTopics(log);
        Load.append(log, measurement.keys(), Load.counting());
        Load.append(log, measurement.keys(), Load.keys(measurement.distribution(), measurement.keys()));
        AtomicLong processed = new AtomicLong();
        StreamsApp app = new StreamsApp(Counting.topology(false, processed::incrementAndGet), config(measurement), log);
        app.start();
        while (processed.get() < measurement.keys() + measurement.keys() / 4) {
            TimeUnit.MILLISECONDS.sleep(10);
        }
        System.out.println(READY);
        TimeUnit.SECONDS.sleep(LONGEST_S);
        throw new IllegalStateException("nobody has killed this process");
    }

    /** Milliseconds from {@code main}, with the log still to be opened, until the first record is processed. */
    static Outcome resume(Measurement measurement, Path directory, long startNs) throws Exception {
        CountDownLatch first = new CountDownLatch(1);
        AtomicLong firstNs = new AtomicLong();
        try (EmbeddedLog log = EmbeddedLog.open(directory)) {
            long openedNs = System.nanoTime();
            StreamsApp app = new StreamsApp(
                    Counting.topology(false, () -> {
                        if (first.getCount() > 0) {
                            firstNs.set(System.nanoTime());
                            first.countDown();
                        }
                    }),
                    config(measurement),
                    log);
            app.start();
            if (!first.await(LONGEST_S, TimeUnit.SECONDS)) {
                throw new IllegalStateException("no record was processed within " + LONGEST_S + " s");
            }
            double all = (firstNs.get() - startNs) / 1e6;
            double opening = (openedNs - startNs) / 1e6;
            app.close();
            return new Outcome(List.of(all), "ms", Map.of("openLogMs", opening, "startAppMs", all - opening));
        }
    }

    private static StreamsConfig config(Measurement measurement) {
        return Counting.config(
                "recovering", measurement.guarantee(), measurement.cacheMiB(), StreamsWorker.COMMIT_INTERVAL);
    }
}
