package io.tailrace.benchmarks.streams;

import io.tailrace.common.Time;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.runtime.engine.EngineListeners;
import io.tailrace.runtime.engine.StreamsEngine;
import io.tailrace.runtime.worker.Worker;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;

/** What a commit takes, in microseconds: with nothing dirty, and with some dirty keys in the details (medians). */
final class CommitCost {
    private static final int EMPTY_COMMITS = 20_000;
    private static final int DIRTY_RECORDS = 400_000; // in all commits of a size; their first half warms up
    private static final int MIN_DIRTY_COMMITS = 30;
    private static final int MAX_DIRTY_COMMITS = 4_000;

    private CommitCost() {}

    static Outcome measure(Measurement measurement, Path directory) throws IOException {
        StreamsConfig config = Counting.config(
                "commit", measurement.guarantee(), measurement.cacheMiB(), Duration.ofDays(1)); // only when we say so
        try (EmbeddedLog log = EmbeddedLog.open(directory)) {
            Load.createTopics(log);
            AtomicLong processed = new AtomicLong();
            var graph = Counting.topology(false, processed::incrementAndGet).graph();
            try (StreamsEngine engine = StreamsEngine.open(graph, config, log, Time.SYSTEM, EngineListeners.none())) {
                Worker worker = Objects.requireNonNull(engine.openWorker(0, () -> false));
                Map<String, Double> details = new LinkedHashMap<>();
                for (long keys : new long[] {1, measurement.keys() / 100, measurement.keys()}) {
                    details.put("dirtyKeys" + keys, dirty(log, worker, keys, processed));
                }
                List<Double> values = new ArrayList<>();
                for (int run = 0; run < measurement.warmups() + measurement.repetitions(); run++) {
                    long start = System.nanoTime();
                    for (int i = 0; i < EMPTY_COMMITS; i++) {
                        worker.commit();
                    }
                    if (run >= measurement.warmups()) {
                        values.add((System.nanoTime() - start) / 1e3 / EMPTY_COMMITS);
                    }
                }
                worker.close();
                return new Outcome(values, "us", details);
            }
        }
    }

    private static double dirty(EmbeddedLog log, Worker worker, long keys, AtomicLong processed) {
        long commits = Math.max(MIN_DIRTY_COMMITS, Math.min(MAX_DIRTY_COMMITS, DIRTY_RECORDS / keys));
        List<Double> micros = new ArrayList<>();
        for (long i = 0; i < commits; i++) {
            Load.append(log, keys, Load.counting());
            long wanted = processed.get() + keys;
            while (processed.get() < wanted) {
                worker.runOnce();
            }
            long start = System.nanoTime();
            worker.commit();
            if (i >= commits / 2) {
                micros.add((System.nanoTime() - start) / 1e3);
            }
        }
        Collections.sort(micros);
        return micros.get(micros.size() / 2);
    }
}
