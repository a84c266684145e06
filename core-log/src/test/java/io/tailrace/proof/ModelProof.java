package io.tailrace.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.log.storage.DiskImage;
import io.tailrace.log.storage.FaultyStorage;
import io.tailrace.log.storage.SimulatedDisk;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Random operations on a log and on a model of it, which is a map of lists: whatever is read on the way, and everything at the
 * end, after a close or a kill, is what the model has.
 *
 * <p>{@code -Dproof.seeds=} how many runs; {@code -Dproof.workload=} and {@code -Dproof.steps=} replay one. A run that fails is
 * cut to the fewest steps that fail.
 */
class ModelProof {
    private static final int STEPS = 100;
    private static final int MOST_VIOLATIONS = 3;

    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger operations = new AtomicInteger();
    private final AtomicInteger records = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();

    @Test
    void shouldDoWhatTheModelDoes() {
        OptionalLong only = Settings.only("workload");
        int steps = Settings.count("steps", STEPS);
        if (only.isPresent()) {
            run(only.getAsLong(), steps);
        } else {
            IntStream.range(0, Settings.count("seeds", 2_000)).parallel().forEach(n -> run(Settings.seed(n), steps));
        }
        Settings.print(
                "model",
                "%,d seeds, %,d operations, %,d records, %,d violations, seed %d",
                runs.get(),
                operations.get(),
                records.get(),
                violations.size(),
                Settings.seed());
        assertThat(violations).isEmpty();
    }

    private void run(long seed, int steps) {
        if (violations.size() >= MOST_VIOLATIONS) {
            return;
        }
        runs.incrementAndGet();
        operations.addAndGet(steps);
        Throwable failure = failureOf(seed, steps, true);
        if (failure != null) {
            int fewest = steps;
            for (int fewer = steps - 1; fewer >= 0; fewer--) {
                Throwable other = failureOf(seed, fewer, false);
                if (other != null) {
                    fewest = fewer;
                    failure = other;
                }
            }
            violations.add(failure + "\nreplay: -Dproof.workload=" + seed + " -Dproof.steps=" + fewest + "\n"
                    + Violation.traceOf(new Violation("", failure)));
        }
    }

    private @Nullable Throwable failureOf(long seed, int steps, boolean counts) {
        try {
            Workload workload = Workload.start(seed, steps, new SimulatedDisk(), new FaultyStorage.Device(null));
            if (seed % 2 == 0) {
                workload.close();
            }
            SimulatedDisk left = workload.killed();
            ImageCheck.checkKilled(workload.history, left.operationCount(), DiskImage.of(left), workload.options());
            if (counts) {
                workload.history.topics.forEach(topic -> records.addAndGet(topic.sent.size()));
            }
            return null;
        } catch (RuntimeException | AssertionError e) {
            return e;
        }
    }
}
