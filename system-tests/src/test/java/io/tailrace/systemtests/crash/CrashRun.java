package io.tailrace.systemtests.crash;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.LogOptions;
import io.tailrace.log.api.EventLog;
import io.tailrace.systemtests.crash.KillPlan.Phase;
import io.tailrace.systemtests.process.ReportingJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Kills victims. A round is one directory: victims work on it, each goes on where the one before was killed, until one has
 * processed everything; then what they have made is compared with what a process makes that nobody kills. Owner: one thread.
 */
final class CrashRun {
    private static final int FIRST_GUESS_OF_STEPS = 40;
    private static final int ONE_IN_LOST = 6;

    private final Path work;
    private final long seed;
    private final long numbers;
    private final SplittableRandom random;
    private final Map<Phase, Integer> kills = new EnumMap<>(Phase.class);
    private final List<String> violations = new ArrayList<>();
    private final Restores restores = new Restores();
    private int cycles;
    private int killed;
    private int rounds;
    private int workersChanged;
    private long records;
    private int openingSteps = FIRST_GUESS_OF_STEPS;
    private int closingSteps = FIRST_GUESS_OF_STEPS;

    /**
     * @param work directory for everything
     * @param numbers fed to the shop in each round
     */
    CrashRun(Path work, long seed, long numbers) {
        this.work = work;
        this.seed = seed;
        this.numbers = numbers;
        this.random = new SplittableRandom(seed);
    }

    /** Ends early when something is wrong; the directory of that round is kept. */
    void run(int newCycles) throws IOException, InterruptedException {
        cycles = newCycles;
        Outcome expected = undisturbed();
        while (killed < cycles && violations.isEmpty()) {
            rounds++;
            restores.startOver();
            Path directory = Files.createDirectories(work.resolve("round-" + rounds));
            boolean cached = random.nextBoolean();
            boolean losesState = random.nextBoolean();
            boolean done = false;
            while (!done && violations.isEmpty()) {
                done = runVictim(directory, cached, nextPlan(directory, losesState));
            }
            if (losesState && violations.isEmpty()) {
                restoreEverything(directory, cached);
            }
            if (violations.isEmpty()) {
                Outcome found = outcome(directory);
                records += found.records();
                violations.addAll(found.differences(expected, cached));
            }
            if (violations.isEmpty()) {
                deleteAll(directory);
            }
        }
    }

    private KillPlan nextPlan(Path directory, boolean losesState) throws IOException {
        if (killed >= cycles) {
            return KillPlan.never();
        }
        if (losesState && random.nextInt(ONE_IN_LOST) == 0) {
            StateLoss.some(directory.resolve(VictimSettings.STATE), random, restores);
            return KillPlan.restoring(random);
        }
        return KillPlan.random(random, openingSteps, closingSteps);
    }

    /** All state is gone, and there is nothing else to do. */
    private void restoreEverything(Path directory, boolean cached) throws IOException {
        for (String app : TwoApps.IDS) {
            StateLoss.all(directory.resolve(VictimSettings.STATE), app, restores);
        }
        if (killed < cycles) {
            runVictim(directory, cached, KillPlan.restoring(random));
        }
    }

    private Outcome undisturbed() throws IOException, InterruptedException {
        Path directory = Files.createDirectories(work.resolve("undisturbed"));
        try (EventLog log = EmbeddedLog.inMemory(LogOptions.DEFAULT.withAutoCreateTopics(false))) {
            return outcome(directory, log, new AppReports() {});
        } finally {
            deleteAll(directory);
        }
    }

    private Outcome outcome(Path directory) throws IOException, InterruptedException {
        AppReports toRestores = new AppReports() {
            @Override
            public void onRestoreStart(TopicPartition changelog, String store, long from, long to) {
                synchronized (restores) {
                    restores.begin(changelog + " " + from + " " + to);
                }
            }
        };
        restores.startOfProcess(OffsetsOnDisk.of(directory.resolve(VictimSettings.STATE)));
        try (EventLog log = EmbeddedLog.open(directory.resolve("log"))) {
            Outcome outcome = outcome(directory, log, toRestores);
            violations.addAll(restores.violations());
            return outcome;
        }
    }

    private Outcome outcome(Path directory, EventLog log, AppReports reports) throws InterruptedException {
        VictimSettings settings = VictimSettings.plain(directory, numbers);
        try (TwoApps apps = new TwoApps(log, numbers, settings::config, () -> false, reports)) {
            apps.start(seed, /* changeWorkers */ false);
            apps.awaitInput();
            apps.awaitIdle();
            return Outcome.of(log, apps);
        }
    }

    /** Returns whether the victim has processed everything. */
    private boolean runVictim(Path directory, boolean cached, KillPlan plan) throws IOException {
        VictimSettings settings = VictimSettings.random(directory, numbers, cached, random);
        restores.startOfProcess(OffsetsOnDisk.of(directory.resolve(VictimSettings.STATE)));
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        List<String> options = List.of("-Xmx256m", "-Djava.io.tmpdir=" + temporary.toAbsolutePath());
        try (ReportingJvm victim = ReportingJvm.start(
                options,
                System.getProperty("java.class.path"),
                CrashVictim.class,
                settings.toArguments(),
                directory.resolve("stderr"))) {
            VictimLife life = new VictimLife(victim, plan, restores);
            life.follow();
            openingSteps = life.openingSteps() > 0 ? life.openingSteps() : openingSteps;
            closingSteps = life.closingSteps() > 0 ? life.closingSteps() : closingSteps;
            workersChanged += life.workersChanged();
            restores.violations()
                    .forEach(violation -> violations.add(violation + ", by a victim with " + settings + ", " + plan));
            int exitCode = victim.exitCode();
            if (exitCode == ReportingJvm.KILLED) {
                killed++;
                kills.merge(plan.phase(), 1, Integer::sum);
                return false;
            }
            if (exitCode != 0) {
                violations.add("a victim with " + settings + ", to be killed by " + plan + ", ended with " + exitCode
                        + ":\n" + victim.errors());
            }
            return life.done();
        } finally {
            deleteAll(temporary); // a process that is killed does not remove its native libraries
        }
    }

    List<String> violations() {
        return violations;
    }

    int killed() {
        return killed;
    }

    /** One line. */
    String summary() {
        return String.format(
                Locale.ROOT,
                "streams kill -9: %,d cycles (%,d while starting, %,d while restoring, %,d while closing) in %,d rounds,"
                        + " %,d workers added or removed, %,d records compared, %s, %,d differences, seed %d",
                killed,
                kills.getOrDefault(Phase.OPENING, 0),
                kills.getOrDefault(Phase.RESTORING, 0),
                kills.getOrDefault(Phase.CLOSING, 0),
                rounds,
                workersChanged,
                records,
                restores,
                violations.size(),
                seed);
    }

    static void deleteAll(Path directory) throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
