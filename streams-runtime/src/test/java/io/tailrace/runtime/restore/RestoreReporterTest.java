package io.tailrace.runtime.restore;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.runtime.restore.RestoreReporter.Report;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RestoreReporterTest {
    private static final TopicPartition A = new TopicPartition("a", 0);
    private static final TopicPartition B = new TopicPartition("b", 0);

    private final List<Report> reports = new ArrayList<>();
    private final RestoreReporter reporter = new RestoreReporter(reports::add);

    private Report last() {
        return reports.get(reports.size() - 1);
    }

    @Test
    void shouldAddUpWhatAllStoresRestore() {
        reporter.onRestoreStart(A, "a", 0, 100);
        reporter.onRestoreStart(B, "b", 50, 100);
        assertThat(last()).isEqualTo(new Report(0, 150, 2));
        reporter.onBatchRestored(A, "a", 29, 30);
        assertThat(last()).isEqualTo(new Report(30, 150, 2));
        reporter.onBatchRestored(B, "b", 99, 50);
        reporter.onRestoreEnd(B, "b", 50);
        assertThat(last()).isEqualTo(new Report(80, 150, 1));
        reporter.onRestoreSuspended(A, "a", 30);
        assertThat(last()).isEqualTo(new Report(150, 150, 0));
    }

    @Test
    void shouldCountRecordsThatCompactionHasRemovedAsDone() {
        reporter.onRestoreStart(A, "a", 0, 100);
        reporter.onBatchRestored(A, "a", 99, 3);
        reporter.onRestoreEnd(A, "a", 3);
        assertThat(last()).isEqualTo(new Report(100, 100, 0));
    }

    @Test
    void shouldBeginAnewAfterAllIsRestored() {
        reporter.onRestoreStart(A, "a", 0, 100);
        reporter.onRestoreEnd(A, "a", 100);
        reporter.onRestoreStart(A, "a", 100, 110);
        assertThat(last()).isEqualTo(new Report(0, 10, 1));
    }

    @Test
    void shouldPrintALineNowAndThenAndAtTheEnd() {
        List<String> lines = new ArrayList<>();
        long[] nowNs = {0};
        RestoreReporter printer = RestoreReporter.lines(lines::add, new Time() {
            @Override
            public long milliseconds() {
                return nowNs[0] / 1_000_000;
            }

            @Override
            public long nanoseconds() {
                return nowNs[0];
            }
        });
        printer.onRestoreStart(A, "a", 0, 5_000_000);
        nowNs[0] = 1_000_000_000;
        printer.onBatchRestored(A, "a", 999_999, 1_000_000);
        nowNs[0] = 2_000_000_000;
        printer.onBatchRestored(A, "a", 1_999_999, 1_000_000);
        nowNs[0] = 2_500_000_000L;
        printer.onRestoreEnd(A, "a", 5_000_000);
        assertThat(lines)
                .containsExactly(
                        "restored 2,000,000 of 5,000,000 records, 1,000,000 records/s",
                        "restored 5,000,000 of 5,000,000 records, 2,000,000 records/s");
    }
}
