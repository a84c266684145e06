package io.tailrace.systemtests.crash;

import io.tailrace.common.TopicPartition;
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
 *   RESTORE topic-partition from to       a store is going to be restored
 *   BATCH n                               so many more records are restored
 *   RESTORED topic-partition              a restore has come to the end
 *   STARTED                               the apps have been started; they may still restore
 *   RUNNING application.id                all tasks of an app process; not told when workers come and go
 *   COMMITTED topic-partition             the store of that changelog has committed for the first time in this process
 *   WORKERS application.id                a worker thread has been added or removed
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
            AppReports reports = new Reports(report, settings.changeWorkers());
            try (TwoApps apps = new TwoApps(log, settings.numbers(), settings::config, () -> stopped, reports)) {
                apps.start(settings.seed(), settings.changeWorkers());
                storage.report(false);
                report.write("STARTED");
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

    /** Puts everything down, a line each. */
    private record Reports(ReportLines lines, boolean workersChange) implements AppReports {
        @Override
        public void loaded(long records) {
            lines.write("LOADED " + records);
        }

        @Override
        public void put(long records) {
            lines.write("PUT " + records);
        }

        /** While workers come and go, a task may be between its restore and its first turn, whatever the others do. */
        @Override
        public void running(String applicationId) {
            if (!workersChange) {
                lines.write("RUNNING " + applicationId);
            }
        }

        @Override
        public void committed(TopicPartition changelog) {
            lines.write("COMMITTED " + changelog);
        }

        @Override
        public void workersChanged(String applicationId) {
            lines.write("WORKERS " + applicationId);
        }

        @Override
        public void onRestoreStart(TopicPartition changelog, String store, long from, long to) {
            lines.write("RESTORE " + changelog + " " + from + " " + to);
        }

        @Override
        public void onBatchRestored(TopicPartition changelog, String store, long end, long count) {
            lines.write("BATCH " + count);
        }

        @Override
        public void onRestoreEnd(TopicPartition changelog, String store, long total) {
            lines.write("RESTORED " + changelog);
        }
    }
}
