package io.tailrace.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.processor.StateRestoreListener;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SummaryLineTest {
    private static final class Clock implements Time {
        private long nowMs = 1_000;

        @Override
        public long milliseconds() {
            return nowMs;
        }

        @Override
        public long nanoseconds() {
            return nowMs * 1_000_000;
        }
    }

    private static final StateRestoreListener UNHEARD = new StateRestoreListener() {
        @Override
        public void onRestoreStart(TopicPartition partition, String store, long from, long to) {}

        @Override
        public void onBatchRestored(TopicPartition partition, String store, long end, long count) {}

        @Override
        public void onRestoreEnd(TopicPartition partition, String store, long total) {}
    };

    private final Clock clock = new Clock();
    private final AppCounts counts = new AppCounts(UNHEARD, AppCounts.Listener.NONE);
    private final List<String> lines = new ArrayList<>();

    private SummaryLine line(Duration interval) {
        return new SummaryLine(lines::add, "app", clock, interval, counts);
    }

    @Test
    void shouldWriteOneLinePerIntervalAboutThatInterval() {
        SummaryLine line = line(Duration.ofMinutes(1));
        line.writeIfDue();
        counts.committed(List.of(), 2_000_000, clock.nowMs);
        counts.committed(List.of(), 1_000_000, clock.nowMs);
        clock.nowMs += 59_999;
        line.writeIfDue();
        assertThat(lines).isEmpty();

        clock.nowMs += 1;
        line.writeIfDue();
        line.writeIfDue();
        assertThat(lines)
                .containsExactly(
                        "Application app: 0 records in 60 s (0/s), 0 dropped, 0 late, 2 commits of 1.5 ms on average");

        clock.nowMs += 120_000;
        counts.onRestoreStart(new TopicPartition("t", 0), "store", 0, 1);
        line.writeIfDue();
        assertThat(lines)
                .hasSize(2)
                .last()
                .asString()
                .endsWith("0 commits of 0.0 ms on average, 1 stores being restored");
    }

    @Test
    void shouldWriteNoLineWithoutInterval() {
        SummaryLine line = line(Duration.ZERO);
        clock.nowMs += 1_000_000;
        line.writeIfDue();
        assertThat(lines).isEmpty();
    }
}
