package io.tailrace.processor.time;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.Time;
import io.tailrace.common.TimestampType;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.errors.StreamsException;
import io.tailrace.processor.TimestampExtractor;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TimestampExtractorsTest {
    static Stream<TimestampExtractor> readingTheRecord() {
        return Stream.of(
                new FailOnInvalidTimestamp(),
                new LogAndSkipOnInvalidTimestamp(),
                new UsePartitionTimeOnInvalidTimestamp());
    }

    @ParameterizedTest
    @MethodSource("readingTheRecord")
    void shouldTakeTheTimestampOfTheRecordEvenIfItIsZeroOrLate(TimestampExtractor extractor) {
        assertThat(extractor.extract(record(0), 100)).isZero();
        assertThat(extractor.extract(record(42), 100)).isEqualTo(42);
    }

    @Test
    void shouldFailWithThePlaceOfARecordWithoutTimestamp() {
        assertThatThrownBy(() -> new FailOnInvalidTimestamp().extract(record(-1), 100))
                .isInstanceOf(StreamsException.class)
                .hasMessageContaining("in-2@7")
                .hasMessageContaining("timestamp -1");
    }

    @Test
    void shouldSkipARecordWithoutTimestamp() {
        assertThat(new LogAndSkipOnInvalidTimestamp().extract(record(-1), 100)).isNegative();
    }

    @Test
    void shouldUseThePartitionTimeForARecordWithoutTimestamp() {
        assertThat(new UsePartitionTimeOnInvalidTimestamp().extract(record(-1), 100))
                .isEqualTo(100);
        assertThat(new UsePartitionTimeOnInvalidTimestamp().extract(record(-1), 0))
                .isZero();
    }

    @Test
    void shouldFailWhenThereIsNoPartitionTimeYet() {
        assertThatThrownBy(() -> new UsePartitionTimeOnInvalidTimestamp().extract(record(-1), -1))
                .isInstanceOf(StreamsException.class)
                .hasMessageContaining("in-2@7");
    }

    @Test
    void shouldReadTheClockItIsBoundTo() {
        ManualTime first = new ManualTime(1_000);
        ManualTime second = new ManualTime(2_000);
        WallclockTimestampExtractor extractor = new WallclockTimestampExtractor(first);
        WallclockTimestampExtractor bound = extractor.withTime(second);
        assertThat(extractor.extract(record(5), 100)).isEqualTo(1_000);
        assertThat(bound.extract(record(5), 100)).isEqualTo(2_000);
        second.nowMs = 3_000;
        assertThat(bound.extract(record(5), 100)).isEqualTo(3_000);
    }

    private static ConsumerRecord<Object, Object> record(long timestampMs) {
        return new ConsumerRecord<>(
                "in", 2, 7, timestampMs, TimestampType.CREATE_TIME, 1, 1, "key", "value", new RecordHeaders());
    }

    private static final class ManualTime implements Time {
        private long nowMs;

        ManualTime(long nowMs) {
            this.nowMs = nowMs;
        }

        @Override
        public long milliseconds() {
            return nowMs;
        }

        @Override
        public long nanoseconds() {
            return nowMs * 1_000_000;
        }
    }
}
