package io.tailrace.cli.console;

import io.tailrace.common.Time;
import io.tailrace.samples.Progress;
import java.io.PrintWriter;
import java.util.Locale;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** Shows progress on stderr: a bar with records/s or MiB/s on a terminal, otherwise a plain line every few seconds. */
public final class ProgressDisplay {
    private static final String BYTES = "bytes";
    private static final int BYTES_PER_MIB = 1 << 20;
    private static final long LINE_EVERY_NANOS = 2_000_000_000L;

    private ProgressDisplay() {}

    /** The launcher knows whether stderr is a terminal, which the JDK cannot tell, and says so by {@code TAILRACE_PROGRESS}. */
    public static Progress onStderr(PrintWriter err, Time time) {
        return "bar".equals(System.getenv("TAILRACE_PROGRESS")) ? bar() : lines(err, time);
    }

    private static Progress bar() {
        return (verb, unit, total) -> {
            ProgressBar bar = new ProgressBarBuilder()
                    .setTaskName(verb)
                    .setUnit(unit.equals(BYTES) ? " MiB" : " " + unit, unit.equals(BYTES) ? BYTES_PER_MIB : 1)
                    .setInitialMax(total)
                    .setStyle(ProgressBarStyle.ASCII)
                    .setUpdateIntervalMillis(100)
                    .showSpeed()
                    .build();
            return new Progress.Meter() {
                @Override
                public void reached(long done) {
                    bar.stepTo(done);
                }

                @Override
                public void close() {
                    bar.close();
                }
            };
        };
    }

    /** {@code loaded 50,000 lines, 412,000 records/s}. */
    static Progress lines(PrintWriter err, Time time) {
        return (verb, unit, total) -> new LineMeter(err, time, verb, unit);
    }

    /** Owner: one thread. */
    private static final class LineMeter implements Progress.Meter {
        private final PrintWriter err;
        private final Time time;
        private final String verb;
        private final String unit;
        private final long startNanos;
        private long done;
        private long printedNanos;

        LineMeter(PrintWriter err, Time time, String verb, String unit) {
            this.err = err;
            this.time = time;
            this.verb = verb;
            this.unit = unit;
            this.startNanos = time.nanoseconds();
            this.printedNanos = startNanos;
        }

        @Override
        public void reached(long nowDone) {
            done = nowDone;
            if (time.nanoseconds() - printedNanos >= LINE_EVERY_NANOS) {
                print();
            }
        }

        private void print() {
            printedNanos = time.nanoseconds();
            double seconds = Math.max(1e-9, (printedNanos - startNanos) / 1e9);
            if (unit.equals(BYTES)) {
                err.printf(Locale.ROOT, "%s %,d bytes, %,.0f MiB/s%n", verb, done, done / seconds / BYTES_PER_MIB);
            } else {
                err.printf(Locale.ROOT, "%s %,d %s, %,.0f records/s%n", verb, done, unit, done / seconds);
            }
        }

        @Override
        public void close() {
            print();
        }
    }
}
