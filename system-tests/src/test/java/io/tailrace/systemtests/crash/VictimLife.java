package io.tailrace.systemtests.crash;

import io.tailrace.systemtests.crash.KillPlan.Phase;
import io.tailrace.systemtests.process.ReportingJvm;
import java.util.Optional;

/** One victim seen from outside: takes its reports to the last, and kills it when the plan says so. Owner: one thread. */
final class VictimLife {
    private final ReportingJvm victim;
    private final KillPlan plan;
    private final Restores restores;
    private boolean started;
    private boolean closing;
    private boolean done;
    private long progress;
    private long toRestore;
    private long restored;
    private int restoring; // changelogs
    private int steps;
    private int openingSteps;
    private int workersChanged;

    VictimLife(ReportingJvm victim, KillPlan plan, Restores restores) {
        this.victim = victim;
        this.plan = plan;
        this.restores = restores;
    }

    void follow() {
        for (Optional<String> next = victim.next(); next.isPresent(); next = victim.next()) {
            String report = next.get();
            int space = report.indexOf(' ');
            take(space < 0 ? report : report.substring(0, space), report.substring(space + 1));
            killIfItIsTime();
        }
    }

    private void take(String kind, String what) {
        switch (kind) {
            case "STEP" -> steps++;
            case "STARTED" -> {
                started = true;
                openingSteps = steps;
                steps = 0;
            }
            case "RESTORE" -> {
                String[] words = what.split(" ", -1);
                toRestore += Long.parseLong(words[2]) - Long.parseLong(words[1]);
                restoring++;
                restores.begin(what);
            }
            case "BATCH" -> restored += Long.parseLong(what);
            case "RESTORED" -> {
                restoring--;
                restores.end(what);
            }
            case "RUNNING" -> restores.running(what);
            case "COMMITTED" -> restores.committed(what);
            case "WORKERS" -> workersChanged++;
            case "LOADED" -> progress += plan.phase() == Phase.LOADING ? Long.parseLong(what) : 0;
            case "PUT" -> progress += Long.parseLong(what);
            case "DONE" -> {
                done = true;
                closing = true;
            }
            default -> {} // a line that was cut
        }
    }

    private void killIfItIsTime() {
        boolean enough = progress > plan.progress();
        switch (plan.phase()) {
            case OPENING -> {
                if (started || steps >= plan.steps()) {
                    victim.kill();
                }
            }
            case RESTORING -> {
                boolean restoredAll = toRestore > 0 && restoring == 0;
                boolean restoredEnough = toRestore > 0 && restored >= plan.restored() * toRestore;
                if (restoredEnough || (restoredAll && started) || progress > 0 || done) {
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

    /** Whether it has processed everything. */
    boolean done() {
        return done;
    }

    /** How often it asked the storage until it had started; 0 when it did not come so far. */
    int openingSteps() {
        return openingSteps;
    }

    /** How often it asked the storage while it closed, or until its end. */
    int closingSteps() {
        return closing ? steps : 0;
    }

    int workersChanged() {
        return workersChanged;
    }
}
