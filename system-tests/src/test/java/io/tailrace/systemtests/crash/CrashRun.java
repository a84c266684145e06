package io.tailrace.systemtests.crash;

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
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Kills victims. A round is one directory: victims work on it, each goes on where the one before was killed, until one has
 * processed everything; then what they have made is compared with what a process makes that nobody kills. Owner: one thread.
 */
final class CrashRun {
    private static final int FIRST_GUESS_OF_STEPS = 40;

    private final Path work;
    private final long seed;
    private final long numbers;
    private final SplittableRandom random;
    private final Map<Phase, Integer> kills = new EnumMap<>(Phase.class);
    private final List<String> violations = new ArrayList<>();
    private final Restores restores = new Restores();
    private int killed;
    private int rounds;
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
    void run(int cycles) throws IOException, InterruptedException {
        Outcome expected = undisturbed();
        while (killed < cycles && violations.isEmpty()) {
            rounds++;
            restores.startOver();
            Path directory = Files.createDirectories(work.resolve("round-" + rounds));
            boolean cached = random.nextBoolean();
            boolean done = false;
            while (!done && violations.isEmpty()) {
                done = runVictim(directory, cached, cycles);
            }
            if (done) {
                Outcome found = outcome(directory);
                records += found.records();
                violations.addAll(found.differences(expected, cached));
            }
            violations.addAll(restores.wentBack());
            if (violations.isEmpty()) {
                deleteAll(directory);
            }
        }
    }

    private Outcome undisturbed() throws IOException, InterruptedException {
        Path directory = Files.createDirectories(work.resolve("undisturbed"));
        try (EventLog log = EmbeddedLog.inMemory(LogOptions.DEFAULT.withAutoCreateTopics(false))) {
            return outcome(directory, log);
        } finally {
            deleteAll(directory);
        }
    }

    private Outcome outcome(Path directory) throws InterruptedException {
        try (EventLog log = EmbeddedLog.open(directory.resolve("log"))) {
            return outcome(directory, log);
        }
    }

    private Outcome outcome(Path directory, EventLog log) throws InterruptedException {
        VictimSettings settings = VictimSettings.plain(directory, numbers);
        try (TwoApps apps = new TwoApps(log, numbers, settings::config, () -> false, loaded -> {}, put -> {})) {
            TwoApps.RestoreStart told =
                    (changelog, store, from, to) -> restores.add("RESTORE " + changelog + " " + from + " " + to);
            apps.start(told, seed);
            apps.awaitInput();
            apps.awaitIdle();
            return Outcome.of(log, apps);
        }
    }

    /** Returns whether the victim has processed everything. */
    private boolean runVictim(Path directory, boolean cached, int cycles) throws IOException {
        KillPlan plan = killed < cycles ? KillPlan.random(random, openingSteps, closingSteps) : KillPlan.never();
        VictimSettings settings = VictimSettings.random(directory, numbers, cached, random);
        Path temporary = Files.createDirectories(directory.resolve("tmp"));
        List<String> options = List.of("-Xmx256m", "-Djava.io.tmpdir=" + temporary.toAbsolutePath());
        try (ReportingJvm victim = ReportingJvm.start(
                options,
                System.getProperty("java.class.path"),
                CrashVictim.class,
                settings.toArguments(),
                directory.resolve("stderr"))) {
            boolean done = follow(victim, plan);
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
            return done;
        } finally {
            deleteAll(temporary); // a process that is killed does not remove its native libraries
        }
    }

    /** Takes the victim's reports to the last, and kills it when it is time; returns whether it has processed everything. */
    private boolean follow(ReportingJvm victim, KillPlan plan) {
        boolean running = false;
        boolean closing = false;
        boolean done = false;
        long progress = 0;
        int steps = 0;
        for (Optional<String> next = victim.next(); next.isPresent(); next = victim.next()) {
            String report = next.get();
            if (report.equals("STEP")) {
                steps++;
            } else if (report.equals("RUNNING")) {
                running = true;
                openingSteps = steps;
                steps = 0;
            } else if (report.equals("DONE")) {
                done = true;
                closing = true;
            } else if (report.startsWith("PUT ") || (report.startsWith("LOADED ") && plan.phase() == Phase.LOADING)) {
                progress += Long.parseLong(report.substring(report.indexOf(' ') + 1));
            } else if (report.startsWith("RESTORE ")) {
                restores.add(report);
            }
            boolean enough = progress > plan.progress();
            switch (plan.phase()) {
                case OPENING -> {
                    if (running || steps >= plan.steps()) {
                        victim.kill();
                    }
                }
                case LOADING, PROCESSING -> {
                    if (enough) {
                        victim.kill();
                    }
                }
                case CLOSING -> {
                    if (enough && !closing) {
                        victim.finish();
                        closing = true;
                    }
                    if (closing && steps >= plan.steps()) {
                        victim.kill();
                    }
                }
                case NEVER -> {}
            }
        }
        if (closing && steps > 0) {
            closingSteps = steps;
        }
        return done;
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
                "streams kill -9: %,d cycles (%,d while starting, %,d while closing) in %,d rounds, %,d records compared,"
                        + " %s, %,d differences, seed %d",
                killed,
                kills.getOrDefault(Phase.OPENING, 0),
                kills.getOrDefault(Phase.CLOSING, 0),
                rounds,
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
