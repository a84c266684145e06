package io.tailrace.systemtests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.log.api.Durability;
import io.tailrace.log.storage.DiskImage;
import io.tailrace.log.storage.PowerCut;
import io.tailrace.log.storage.SimulatedDisk;
import io.tailrace.systemtests.fault.FailingDisk.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stream app on a device that fails at the first change that it makes, then the same with the second, and so on: with an error, with a
 * kill, with a power cut, of which several things may be left. Afterwards everything was processed once.
 *
 * <p>{@code -Dproof.stride=} tries every so manieth change with the store in RocksDB, which takes longer; the other one takes all.
 * {@code -Dproof.images=} how many images of each power cut, {@code -Dproof.seed=} of those that are chosen at random.
 */
class StreamsFaultProof {
    private static final int STRIDE = Integer.getInteger("proof.stride", 7);
    private static final int IMAGES = Integer.getInteger("proof.images", 4);
    private static final long SEED = Long.getLong("proof.seed", 20_260_101L);
    private static final int MOST_LIVES = 10;
    private static final int MOST_VIOLATIONS = 5;

    @TempDir
    Path temp = Path.of("replaced by JUnit");

    private final Map<Fault, Integer> runs = new EnumMap<>(Fault.class);
    private final List<String> violations = new ArrayList<>();
    private int images;
    private int failures;
    private int directories;

    @Test
    @SuppressWarnings("SystemOut")
    void shouldProcessExactlyOnceWhateverChangeFails() throws IOException {
        for (Fault fault : Fault.values()) {
            Durability durability = fault == Fault.POWER_CUT ? Durability.FSYNC : Durability.OS;
            tryAll(fault, durability, /* persistent */ false, 1);
            tryAll(fault, durability, /* persistent */ true, STRIDE);
        }

        System.out.printf(
                Locale.ROOT,
                "streams-faults: %,d I/O errors, %,d kills, %,d images of %,d power cuts, %,d failures of the app,"
                        + " %,d violations, seed %d%n",
                runs.get(Fault.ERROR),
                runs.get(Fault.KILL),
                images,
                runs.get(Fault.POWER_CUT),
                failures,
                violations.size(),
                SEED);
        assertThat(violations).isEmpty();
    }

    @Test
    void shouldNoticeWhatAPowerCutTakesOfALogThatForcesNothing() throws IOException {
        tryAll(Fault.POWER_CUT, Durability.OS, /* persistent */ false, 1);

        assertThat(violations).isNotEmpty();
    }

    /** Changes are tried until one is so far behind that it does not come. */
    private void tryAll(Fault fault, Durability durability, boolean persistent, int stride) throws IOException {
        Set<Long> seen = new HashSet<>();
        boolean came = true;
        for (int change = 0; came && violations.size() < MOST_VIOLATIONS; change += stride) {
            came = tryAt(fault, durability, persistent, change, seen);
            runs.merge(fault, came ? 1 : 0, Integer::sum);
        }
    }

    /** @param seen images that need not be tried again */
    private boolean tryAt(Fault fault, Durability durability, boolean persistent, int change, Set<Long> seen)
            throws IOException {
        SmallApp app = new SmallApp(newDirectory(), persistent, durability);
        SimulatedDisk prepared = new SimulatedDisk();
        app.prepare(prepared);
        FailingDisk disk = new FailingDisk(prepared.reopen());
        disk.failAfter(change, fault);
        String where =
                fault + " at change " + change + " with " + durability + (persistent ? ", RocksDB" : ", in memory");
        boolean done = app.live(disk);
        failures += app.failures();
        if (fault != Fault.POWER_CUT || !disk.hasFailed()) {
            goOn(app, disk.reopened(), done, where);
            return disk.hasFailed();
        }
        PowerCut cut = disk.powerCut(SEED);
        for (int number : numbers(cut, SEED + change)) {
            DiskImage image = cut.image(number);
            if (seen.add(image.fingerprint()) || persistent) {
                images++;
                SmallApp next = new SmallApp(copyOf(app.stateDirectory()), persistent, durability);
                FailingDisk left = new FailingDisk(SimulatedDisk.holding(image));
                if (!goOn(next, left, /* done */ false, where + ", image " + number)) {
                    violations.add(cut.describe(number));
                }
            }
        }
        return true;
    }

    /** That in which everything is lost that can be, then some of the others. */
    private static List<Integer> numbers(PowerCut cut, long seed) {
        int all = cut.hasChoice() ? 2 * cut.systematicCount() : 1; // as many random ones
        IntStream others = new SplittableRandom(seed).ints(1, Math.max(2, all));
        return IntStream.concat(IntStream.of(0), all <= IMAGES ? IntStream.range(1, all) : others)
                .distinct()
                .limit(Math.min(IMAGES, all))
                .boxed()
                .toList();
    }

    /** Goes on until everything is processed, and checks; false when something is wrong. */
    private boolean goOn(SmallApp app, FailingDisk first, boolean doneBefore, String where) {
        int before = violations.size();
        int failed = app.failures();
        FailingDisk disk = first;
        try {
            boolean done = doneBefore;
            for (int life = 0; life < MOST_LIVES && !done; life++) {
                done = app.live(disk);
                disk = disk.reopened();
            }
            if (!done) {
                violations.add(where + ": not done after " + MOST_LIVES + " lives");
            }
            app.check(disk).forEach(wrong -> violations.add(where + ": " + wrong));
        } catch (RuntimeException | AssertionError e) {
            violations.add(where + ": " + e);
        }
        failures += app.failures() - failed;
        return violations.size() == before;
    }

    private Path newDirectory() throws IOException {
        return Files.createDirectory(temp.resolve("state-" + directories++));
    }

    private Path copyOf(Path directory) throws IOException {
        Path copy = newDirectory();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.filter(file -> !file.equals(directory)).toList()) {
                Files.copy(file, copy.resolve(directory.relativize(file)));
            }
        }
        return copy;
    }
}
