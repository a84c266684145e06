package io.tailrace.systemtests.kill;

import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.LogOptions;
import io.tailrace.log.api.EventLog;
import io.tailrace.systemtests.kill.KillPlan.Phase;
import io.tailrace.systemtests.kill.Violations.Kind;
import io.tailrace.systemtests.process.ReportingJvm;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Kills victim after victim on one directory, and checks the log now and then. Owner: one thread. */
final class KillRun {
    private static final int[] SEGMENT_BYTES = {256 * 1024, 1024 * 1024, 4 * 1024 * 1024};
    private static final int ONE_IN_FORCED = 5;
    private static final long TRANSACTIONS_PER_VICTIM = 1_000_000;
    private static final int MOST_CHECKS = 10;

    private final Path directory;
    private final Path errors;
    private final long seed;
    private final boolean honest;
    private final SplittableRandom random;
    private final Violations violations = new Violations();
    private final History history = new History(violations);
    private final Map<Phase, Integer> kills = new EnumMap<>(Phase.class);

    private LogCheck.Ends ends = LogCheck.Ends.OF_AN_EMPTY_LOG;
    private int victims;
    private int killed;
    private int openingSteps = 1;
    private int closingSteps = 1;

    /**
     * @param directory of the log, empty
     * @param errors file for what the victims say on their standard error
     * @param honest whether the victims report only what they were promised
     */
    KillRun(Path directory, Path errors, long seed, boolean honest) {
        this.directory = directory;
        this.errors = errors;
        this.seed = seed;
        this.honest = honest;
        this.random = new SplittableRandom(seed);
    }

    /** Stops early when something is wrong. */
    void run(int cycles) {
        int checkEvery = Math.max(5, cycles / MOST_CHECKS);
        int nextCheck = checkEvery;
        while (killed < cycles && violations.told().isEmpty()) {
            runVictim();
            if (killed >= Math.min(nextCheck, cycles)) {
                check();
                nextCheck += checkEvery;
            }
        }
    }

    private void runVictim() {
        KillPlan plan = KillPlan.random(random, openingSteps, closingSteps);
        VictimSettings settings = new VictimSettings(
                directory.toString(),
                random.nextLong(),
                SEGMENT_BYTES[random.nextInt(SEGMENT_BYTES.length)],
                random.nextInt(ONE_IN_FORCED) == 0,
                honest,
                victims * TRANSACTIONS_PER_VICTIM,
                ends.tail(),
                ends.lastNumbers());
        victims++;
        try (VictimProcess victim = VictimProcess.start(settings, errors)) {
            follow(victim, plan);
            int exitCode = victim.exitCode();
            if (exitCode == ReportingJvm.KILLED) {
                killed++;
                kills.merge(plan.phase(), 1, Integer::sum);
            } else if (exitCode != 0 || plan.phase() != Phase.CLOSING) {
                violations.add(
                        Kind.WRONG,
                        "victim " + victims + " ended by itself with " + exitCode + ":\n" + victim.errors());
            }
        }
    }

    /** Takes the victim's reports to the last, and kills it when it is time. */
    private void follow(VictimProcess victim, KillPlan plan) {
        long enough = history.recordCount() + plan.records();
        boolean open = false;
        boolean finishing = false;
        int steps = 0;
        for (Optional<Report> next = victim.next(); next.isPresent(); next = victim.next()) {
            Report report = next.get();
            history.add(report);
            if (report.kind() == Report.Kind.STEP) {
                steps++;
            } else if (report.kind() == Report.Kind.OPENED) {
                openingSteps = steps;
                steps = 0;
                open = true;
            } else if (report.kind() == Report.Kind.CLOSED) {
                closingSteps = steps;
            }
            switch (plan.phase()) {
                case OPENING -> {
                    if (open || steps >= plan.steps()) {
                        victim.kill();
                    }
                }
                case WORKING -> {
                    if (open && history.recordCount() >= enough) {
                        victim.kill();
                    }
                }
                case CLOSING -> {
                    if (open && !finishing && history.recordCount() >= enough) {
                        victim.finish();
                        finishing = true;
                    }
                    if (finishing && steps >= plan.steps()) {
                        victim.kill();
                    }
                }
            }
        }
    }

    private void check() {
        try (EventLog log = EmbeddedLog.open(directory, LogOptions.DEFAULT.withAutoCreateTopics(false))) {
            if (log.admin().findTopic(Move.TOPIC).isPresent()) {
                ends = LogCheck.check(log, history, violations);
            }
        }
    }

    Violations violations() {
        return violations;
    }

    int killed() {
        return killed;
    }

    /** One line. */
    String summary() {
        return String.format(
                Locale.ROOT,
                "kill -9: %,d cycles (%,d while opening, %,d while closing), %,d acknowledged records, %,d transactions, "
                        + "%,d aborted ones, %,d lost, %,d duplicated, %,d torn, %,d wrong, seed %d",
                killed,
                kills.getOrDefault(Phase.OPENING, 0),
                kills.getOrDefault(Phase.CLOSING, 0),
                history.recordCount(),
                history.transactionCount(),
                history.abortedCount(),
                violations.count(Kind.LOST),
                violations.count(Kind.DUPLICATED),
                violations.count(Kind.TORN),
                violations.count(Kind.WRONG),
                seed);
    }
}
