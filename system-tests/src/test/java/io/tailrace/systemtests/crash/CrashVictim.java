package io.tailrace.systemtests.crash;

import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.LogOptions;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.storage.FileStorage;
import io.tailrace.systemtests.process.ReportLines;
import io.tailrace.systemtests.process.StepwiseStorage;
import java.io.IOException;
import java.io.OutputStream;

/**
 * A process to be killed: runs {@link TwoApps} until everything is processed, or its standard input ends; then it closes everything.
 * It reports to its standard output, a line each:
 *
 * <pre>
 *   STEP                                  the storage was asked for something while the log and the apps open or close
 *   RESTORE topic-partition from to       a store is restored
 *   RUNNING                               the apps have started
 *   LOADED n                              so many more records are loaded or fed
 *   PUT n                                 so many more records are put out
 *   DONE                                  everything is processed
 * </pre>
 *
 * Any failure ends it with exit code 3.
 */
final class CrashVictim {
    static final int FAILED = 3;

    private static volatile boolean stopped;

    private CrashVictim() {}

    public static void main(String[] arguments) throws InterruptedException {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(FAILED);
        });
        VictimSettings settings = VictimSettings.parse(arguments);
        ReportLines report = new ReportLines();
        StepwiseStorage storage =
                new StepwiseStorage(FileStorage.open(settings.directory().resolve("log")), () -> report.write("STEP"));
        LogOptions options = LogOptions.DEFAULT.withAutoCreateTopics(false).withSegmentBytes(settings.segmentBytes());
        Thread input = new Thread(CrashVictim::awaitEndOfInput, "end of input");
        input.setDaemon(true);
        input.start();
        try (EventLog log = EmbeddedLog.open(storage.asStorage(), options)) {
            try (TwoApps apps = new TwoApps(
                    log,
                    settings.numbers(),
                    settings::config,
                    () -> stopped,
                    loaded -> report.write("LOADED " + loaded),
                    put -> report.write("PUT " + put))) {
                TwoApps.RestoreStart restores =
                        (changelog, store, from, to) -> report.write("RESTORE " + changelog + " " + from + " " + to);
                apps.start(restores, settings.seed());
                storage.report(false);
                report.write("RUNNING");
                apps.awaitInput();
                if (!stopped) {
                    apps.awaitIdle();
                    report.write("DONE");
                }
                storage.report(true);
            }
        }
    }

    private static void awaitEndOfInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the standard input", e);
        }
        stopped = true;
    }
}
