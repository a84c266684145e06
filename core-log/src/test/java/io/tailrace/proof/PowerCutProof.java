package io.tailrace.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.log.storage.DiskImage;
import io.tailrace.log.storage.PowerCut;
import io.tailrace.log.storage.SimulatedDisk;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The power is cut in front of operations of many workloads, and what the disk may then hold is opened and checked.
 *
 * <p>{@code -Dproof.images=} how many, {@code -Dproof.seed=} where to begin; {@code -Dproof.workload=}, {@code -Dproof.boundary=}
 * and {@code -Dproof.image=}, as a violation prints them, replay that one.
 */
class PowerCutProof {
    private static final int STEPS = 60;
    private static final int WORKLOADS = 32; // at least
    private static final int SYSTEMATIC_PER_CUT = 12;
    private static final int RANDOM_PER_CUT = 4;
    private static final int MOST_VIOLATIONS = 3;

    private final AtomicInteger images = new AtomicInteger();
    private final AtomicInteger workloads = new AtomicInteger();
    private final AtomicInteger cuts = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();

    @Test
    void shouldKeepItsPromisesAfterAnyPowerCut() {
        run(Settings.count("images", 10_000), SimulatedDisk::new);
        Settings.print(
                "power-cut",
                "%,d images of %,d power cuts in %,d workloads, %,d violations, seed %d",
                images.get(),
                cuts.get(),
                workloads.get(),
                violations.size(),
                Settings.seed());
        assertThat(violations).isEmpty();
    }

    @Test
    void shouldNoticeADeviceThatDoesNotForce() {
        run(1_000, SimulatedDisk::lying);
        assertThat(violations).isNotEmpty();
    }

    private void run(int wanted, Supplier<SimulatedDisk> disks) {
        OptionalLong only = Settings.only("workload");
        if (only.isPresent()) {
            run(only.getAsLong(), Integer.MAX_VALUE, disks.get());
            return;
        }
        int most = Math.max(100, wanted / WORKLOADS + 1);
        int round = Runtime.getRuntime().availableProcessors();
        for (int first = 0; images.get() < wanted && violations.size() < MOST_VIOLATIONS; first += round) {
            IntStream.range(first, first + round).parallel().forEach(n -> run(Settings.seed(n), most, disks.get()));
        }
    }

    /** @param most images that are checked; the cuts are chosen at random until there are so many */
    private void run(long seed, int most, SimulatedDisk disk) {
        Workload workload = Workload.run(seed, STEPS, disk);
        workloads.incrementAndGet();
        OptionalLong only = Settings.only("boundary");
        if (only.isPresent()) {
            cutAt(workload, disk, seed, (int) only.getAsLong(), new HashSet<>());
            return;
        }
        Set<Long> seen = new HashSet<>();
        SplittableRandom random = new SplittableRandom(seed);
        int[] boundaries = IntStream.rangeClosed(0, disk.operationCount()).toArray();
        for (int i = 0; i < boundaries.length && seen.size() < most && violations.size() < MOST_VIOLATIONS; i++) {
            int other = random.nextInt(i, boundaries.length);
            int boundary = boundaries[other];
            boundaries[other] = boundaries[i];
            cutAt(workload, disk, seed, boundary, seen);
        }
    }

    private void cutAt(Workload workload, SimulatedDisk disk, long seed, int boundary, Set<Long> seen) {
        cuts.incrementAndGet();
        PowerCut cut = PowerCut.at(disk, boundary, seed);
        OptionalLong only = Settings.only("image");
        List<Integer> numbers = only.isPresent() ? List.of((int) only.getAsLong()) : numbers(cut, seed + boundary);
        for (int number : numbers) {
            DiskImage image = cut.image(number);
            // The same content counts again only after another cut, when more has been promised.
            if (seen.add(image.fingerprint() * 31 + boundary)) {
                images.incrementAndGet();
                check(workload, seed, boundary, cut, number, image);
            }
        }
    }

    private static List<Integer> numbers(PowerCut cut, long seed) {
        int systematic = cut.systematicCount();
        IntStream some = systematic <= SYSTEMATIC_PER_CUT
                ? IntStream.range(0, systematic)
                : IntStream.concat(
                        IntStream.range(0, SYSTEMATIC_PER_CUT / 2),
                        new SplittableRandom(seed).ints(SYSTEMATIC_PER_CUT / 2, SYSTEMATIC_PER_CUT / 2, systematic));
        IntStream random = IntStream.range(systematic, systematic + (cut.hasChoice() ? RANDOM_PER_CUT : 0));
        return IntStream.concat(some, random).distinct().boxed().toList();
    }

    private void check(Workload workload, long seed, int boundary, PowerCut cut, int number, DiskImage image) {
        try {
            ImageCheck.check(workload.history, boundary, image, workload.options());
        } catch (Violation e) {
            violations.add(e.getMessage() + "\nreplay: -Dproof.workload=" + seed + " -Dproof.boundary=" + boundary
                    + " -Dproof.image=" + number + "\n" + cut.describe(number) + "\n" + image + Violation.traceOf(e));
        }
    }
}
