package io.tailrace.systemtests.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.log.api.Durability;
import io.tailrace.systemtests.fault.CutDisk.Fault;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A stream app on a device that fails at the first change that it makes, then the same with the second, and so on: with an error, with a
 * kill, with a power cut. Afterwards everything was processed once.
 *
 * <p>{@code -Dproof.stride=} tries every so manieth change with the store in RocksDB, which takes longer; the other one takes all.
 */
class StreamsFaultProof {
    private static final int STRIDE = Integer.getInteger("proof.stride", 7);
    private static final int MOST_LIVES = 10;

    @TempDir
    Path temp = Path.of("replaced by JUnit");

    private final Map<Fault, Integer> runs = new EnumMap<>(Fault.class);
    private final List<String> violations = new ArrayList<>();
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
                "streams-faults: %,d I/O errors, %,d kills, %,d power cuts, %,d failures of the app, %,d violations%n",
                runs.get(Fault.ERROR),
                runs.get(Fault.KILL),
                runs.get(Fault.POWER_CUT),
                failures,
                violations.size());
        assertThat(violations).isEmpty();
    }

    @Test
    void shouldNoticeWhatAPowerCutTakesOfALogThatForcesNothing() throws IOException {
        tryAll(Fault.POWER_CUT, Durability.OS, /* persistent */ false, 1);

        assertThat(violations).isNotEmpty();
    }

    /** Changes are tried until one is so far behind that it does not come. */
    private void tryAll(Fault fault, Durability durability, boolean persistent, int stride) throws IOException {
        boolean came = true;
        for (int change = 0; came; change += stride) {
            came = run(fault, durability, persistent, change);
            runs.merge(fault, came ? 1 : 0, Integer::sum);
        }
    }

    private boolean run(Fault fault, Durability durability, boolean persistent, int change) throws IOException {
        Path directory = Files.createDirectory(temp.resolve("state-" + directories++));
        SmallApp app = new SmallApp(directory, persistent, durability);
        CutDisk disk = new CutDisk();
        app.prepare(disk);
        disk = disk.reopened();
        disk.failAfter(change, fault);
        CutDisk failing = disk;
        String where =
                fault + " at change " + change + " with " + durability + (persistent ? ", RocksDB" : ", in memory");
        try {
            boolean done = false;
            for (int life = 0; life < MOST_LIVES && !done; life++) {
                done = app.live(disk);
                disk = disk.afterFailure();
            }
            if (!done) {
                violations.add(where + ": not done after " + MOST_LIVES + " lives");
            }
            app.check(disk).forEach(wrong -> violations.add(where + ": " + wrong));
        } catch (RuntimeException | AssertionError e) {
            violations.add(where + ": " + e);
        }
        failures += app.failures();
        return failing.hasFailed();
    }
}
