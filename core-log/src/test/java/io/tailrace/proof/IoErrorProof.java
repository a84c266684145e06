package io.tailrace.proof;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.log.storage.DiskImage;
import io.tailrace.log.storage.FaultyStorage;
import io.tailrace.log.storage.FaultyStorage.Fault;
import io.tailrace.log.storage.FaultyStorage.Kind;
import io.tailrace.log.storage.PowerCut;
import io.tailrace.log.storage.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Every operation of a workload fails once, alone and with all behind it. What was acknowledged is there when the log is opened
 * again, also after a power cut; errors name a file; when a full disk has room again, the log goes on without being opened
 * again.
 *
 * <p>{@code -Dproof.workloads=} how many, {@code -Dproof.workload=} replays one.
 */
class IoErrorProof {
    private static final int STEPS = 60;
    private static final int MOST_VIOLATIONS = 3;
    private static final String FULL = "No space left on device";
    private static final String BROKEN = "Input/output error";

    private final AtomicInteger runs = new AtomicInteger();
    private final AtomicInteger struck = new AtomicInteger();
    private final AtomicInteger failures = new AtomicInteger();
    private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();

    @Test
    void shouldKeepWhatWasAcknowledgedWhateverFails() {
        OptionalLong only = Settings.only("workload");
        int workloads = only.isPresent() ? 1 : Settings.count("workloads", 2);
        for (int n = 0; n < workloads && violations.size() < MOST_VIOLATIONS; n++) {
            long seed = only.orElse(Settings.seed(n));
            faults(seed).parallel().forEach(fault -> run(seed, fault));
        }
        Settings.print(
                "io-errors",
                "%,d faults (%,d came, %,d calls failed), %,d violations, seed %d",
                runs.get(),
                struck.get(),
                failures.get(),
                violations.size(),
                Settings.seed());
        assertThat(violations).isEmpty();
    }

    /** Each operation that the workload does without a fault. */
    private static Stream<Fault> faults(long seed) {
        FaultyStorage.Device counting = new FaultyStorage.Device(null);
        Workload.start(seed, STEPS, new SimulatedDisk(), counting).killed();
        List<Fault> faults = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (int number = 1; number <= counting.count(kind); number++) {
                faults.add(new Fault(kind, number, false, BROKEN, number * 37 % 101));
                if (kind != Kind.READ && kind != Kind.FORCE && kind != Kind.FORCE_DIRECTORY) {
                    faults.add(new Fault(kind, number, true, FULL, number * 53 % 101));
                }
            }
        }
        return faults.stream();
    }

    private void run(long seed, Fault fault) {
        if (violations.size() >= MOST_VIOLATIONS) {
            return;
        }
        runs.incrementAndGet();
        try {
            SimulatedDisk disk = new SimulatedDisk();
            FaultyStorage.Device device = new FaultyStorage.Device(fault);
            Workload workload = Workload.start(seed, STEPS, disk, device);
            struck.addAndGet(device.hasStruck() ? 1 : 0);
            failures.addAndGet(workload.failures());
            device.heal();
            if (fault.error().equals(FULL)) {
                workload.appendEverywhere();
            }
            SimulatedDisk left = workload.killed();
            int time = left.operationCount();
            ImageCheck.checkKilled(workload.history, time, DiskImage.of(left), workload.options());
            PowerCut cut = PowerCut.at(left, time, seed);
            for (int number = 0; number < Math.min(4, cut.systematicCount()); number++) {
                if (fault.kind() == Kind.FORCE) {
                    ImageCheck.checkRecords(workload.history, time, cut.image(number), workload.options());
                } else {
                    ImageCheck.check(workload.history, time, cut.image(number), workload.options());
                }
            }
        } catch (RuntimeException | AssertionError e) {
            violations.add(e + "\nreplay: -Dproof.workload=" + seed + ", " + fault + "\n"
                    + Violation.traceOf(new Violation("", e)));
        }
    }
}
