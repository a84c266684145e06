package io.tailrace.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.log.storage.DiskImage;
import io.tailrace.log.storage.PowerCut;
import io.tailrace.log.storage.SimulatedDisk;
import java.util.HashSet;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The power is cut while a partition is compacted, old segments and records are deleted, and segments roll. Afterwards the
 * latest forced record of every key is there, nothing is that was never written, and no file is left half way.
 *
 * <p>{@code -Dproof.lifecycle.images=} how many; {@code -Dproof.workload=} replays one.
 */
class LifecycleCutProof {
    private static final int STEPS = 60;
    private static final int PER_WORKLOAD = 100;
    private static final int SYSTEMATIC_PER_CUT = 10;
    private static final int RANDOM_PER_CUT = 4;
    private static final int MOST_VIOLATIONS = 3;

    private final AtomicInteger images = new AtomicInteger();
    private final AtomicInteger compactions = new AtomicInteger();
    private final AtomicInteger deletions = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();

    @Test
    void shouldKeepTheLatestOfEveryKeyAfterAnyPowerCut() {
        OptionalLong only = Settings.only("workload");
        int wanted = Settings.count("lifecycle.images", 4_000);
        if (only.isPresent()) {
            run(only.getAsLong(), Integer.MAX_VALUE);
        } else {
            for (int first = 0; images.get() < wanted && violations.size() < MOST_VIOLATIONS; first += 8) {
                IntStream.range(first, first + 8).parallel().forEach(n -> run(Settings.seed(n), PER_WORKLOAD));
            }
        }
        Settings.print(
                "lifecycle-cut",
                "%,d images, %,d compactions, %,d deletions, %,d violations, seed %d",
                images.get(),
                compactions.get(),
                deletions.get(),
                violations.size(),
                Settings.seed());
        assertThat(violations).isEmpty();
    }

    private void run(long seed, int most) {
        SimulatedDisk disk = new SimulatedDisk();
        KeyedWorkload workload;
        try {
            workload = KeyedWorkload.run(seed, STEPS, disk);
        } catch (RuntimeException | AssertionError e) {
            violations.add(e + "\nreplay: -Dproof.workload=" + seed + "\n" + Violation.traceOf(new Violation("", e)));
            return;
        }
        compactions.addAndGet(workload.compactions());
        deletions.addAndGet(workload.deletions());
        Set<Long> seen = new HashSet<>();
        int[] boundaries = IntStream.rangeClosed(0, disk.operationCount()).toArray();
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < boundaries.length && seen.size() < most && violations.size() < MOST_VIOLATIONS; i++) {
            int other = random.nextInt(i, boundaries.length);
            int boundary = boundaries[other];
            boundaries[other] = boundaries[i];
            PowerCut cut = PowerCut.at(disk, boundary, seed);
            int systematic = Math.min(cut.systematicCount(), SYSTEMATIC_PER_CUT);
            int last = cut.hasChoice() ? cut.systematicCount() + RANDOM_PER_CUT : systematic;
            for (int number = 0;
                    number < last;
                    number = number + 1 == systematic ? cut.systematicCount() : number + 1) {
                check(workload, seed, boundary, cut, number, seen);
                if (number + 1 == systematic && !cut.hasChoice()) {
                    break;
                }
            }
        }
    }

    private void check(KeyedWorkload workload, long seed, int boundary, PowerCut cut, int number, Set<Long> seen) {
        DiskImage image = cut.image(number);
        if (!seen.add(image.fingerprint() * 31 + boundary)) {
            return;
        }
        images.incrementAndGet();
        try {
            workload.check(boundary, image);
        } catch (RuntimeException | AssertionError e) {
            violations.add(e + "\nreplay: -Dproof.workload=" + seed + ", " + cut.describe(number) + "\n" + image
                    + Violation.traceOf(new Violation("", e)));
        }
    }
}
