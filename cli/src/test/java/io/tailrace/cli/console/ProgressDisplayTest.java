package io.tailrace.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.Time;
import io.tailrace.samples.Progress;
import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;

class ProgressDisplayTest {
    private final StringWriter err = new StringWriter();
    private final SettableTime time = new SettableTime();

    @Test
    void shouldPrintALineEveryTwoSecondsAndOneAtTheEnd() {
        try (Progress.Meter meter =
                ProgressDisplay.lines(new PrintWriter(err, true), time).start("loaded", "lines", 4000)) {
            for (long line = 1; line <= 4000; line++) {
                time.nanos += 1_000_000; // 1,000 lines a second
                meter.reached(line);
            }
        }
        assertThat(err.toString()).isEqualToNormalizingNewlines("""
                        loaded 2,000 lines, 1,000 records/s
                        loaded 4,000 lines, 1,000 records/s
                        loaded 4,000 lines, 1,000 records/s
                        """);
    }

    @Test
    void shouldPrintOneLineForAStepThatIsQuick() {
        try (Progress.Meter meter =
                ProgressDisplay.lines(new PrintWriter(err, true), time).start("processed", "records", 10)) {
            time.nanos += 500_000_000;
            meter.reached(10);
        }
        assertThat(err.toString()).isEqualToNormalizingNewlines("processed 10 records, 20 records/s\n");
    }

    @Test
    void shouldCountBytesInMebibytesASecond() {
        try (Progress.Meter meter =
                ProgressDisplay.lines(new PrintWriter(err, true), time).start("checked", "bytes", 1 << 20)) {
            time.nanos += 500_000_000;
            meter.reached(1 << 20);
        }
        assertThat(err.toString()).isEqualToNormalizingNewlines("checked 1,048,576 bytes, 2 MiB/s\n");
    }

    private static final class SettableTime implements Time {
        private long nanos;

        @Override
        public long milliseconds() {
            return nanos / 1_000_000;
        }

        @Override
        public long nanoseconds() {
            return nanos;
        }
    }
}
