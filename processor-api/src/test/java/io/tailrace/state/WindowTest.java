package io.tailrace.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class WindowTest {
    @Test
    void shouldExcludeItsEnd() {
        TimeWindow window = new TimeWindow(10, 20);
        assertThat(window.contains(10)).isTrue();
        assertThat(window.contains(19)).isTrue();
        assertThat(window.contains(20)).isFalse();
        assertThat(window.contains(9)).isFalse();
    }

    @Test
    void shouldNotOverlapTheWindowThatBeginsAtItsEnd() {
        TimeWindow window = new TimeWindow(10, 20);
        assertThat(window.overlap(new TimeWindow(20, 30))).isFalse();
        assertThat(window.overlap(new TimeWindow(0, 10))).isFalse();
        assertThat(window.overlap(new TimeWindow(19, 30))).isTrue();
        assertThat(window.overlap(new TimeWindow(0, 11))).isTrue();
        assertThat(window.overlap(new TimeWindow(12, 13))).isTrue();
        assertThat(window.overlap(new TimeWindow(0, 100))).isTrue();
    }

    @Property(tries = 300)
    void shouldOverlapExactlyWhereATimeLiesInBoth(
            @ForAll @LongRange(max = 20) long start,
            @ForAll @LongRange(min = 1, max = 10) long size,
            @ForAll @LongRange(max = 20) long otherStart,
            @ForAll @LongRange(min = 1, max = 10) long otherSize) {
        TimeWindow one = new TimeWindow(start, start + size);
        TimeWindow other = new TimeWindow(otherStart, otherStart + otherSize);
        boolean shared = false;
        for (long time = 0; time < 30; time++) {
            shared |= one.contains(time) && other.contains(time);
        }
        assertThat(one.overlap(other)).isEqualTo(shared);
        assertThat(other.overlap(one)).isEqualTo(shared);
    }

    @Test
    void shouldIncludeTheEndOfASession() {
        SessionWindow session = new SessionWindow(10, 20);
        assertThat(session.overlap(new SessionWindow(20, 30))).isTrue();
        assertThat(session.overlap(new SessionWindow(0, 10))).isTrue();
        assertThat(session.overlap(new SessionWindow(21, 30))).isFalse();
        assertThat(session.overlap(new SessionWindow(0, 9))).isFalse();
        assertThat(new SessionWindow(5, 5).overlap(new SessionWindow(5, 5))).isTrue();
    }

    @Test
    void shouldNotCompareASessionWithATimeWindow() {
        assertThat(new SessionWindow(1, 2)).isNotEqualTo(new TimeWindow(1, 2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SessionWindow(1, 2).overlap(new TimeWindow(1, 2)))
                .withMessageContaining("TimeWindow");
    }

    @Test
    void shouldRefuseEmptyBackwardAndNegativeWindows() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimeWindow(5, 5))
                .withMessageContaining("[5, 5)");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimeWindow(6, 5))
                .withMessageContaining("[6, 5]");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimeWindow(-1, 5))
                .withMessageContaining("[-1, 5]");
    }

    @Test
    void shouldNotCompareWithAWindowOfAnotherType() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TimeWindow(0, 5).overlap(new ClosedWindow(0, 5)))
                .withMessageContaining("ClosedWindow");
    }

    @Test
    void shouldBeEqualToAWindowOfTheSameTypeAndTimesOnly() {
        assertThat(new TimeWindow(0, 5)).isEqualTo(new TimeWindow(0, 5)).hasSameHashCodeAs(new TimeWindow(0, 5));
        assertThat(new TimeWindow(0, 5))
                .isNotEqualTo(new TimeWindow(0, 6))
                .isNotEqualTo(new TimeWindow(1, 5))
                .isNotEqualTo(new ClosedWindow(0, 5));
    }

    @Test
    void shouldGiveItsTimesAsInstants() {
        TimeWindow window = new TimeWindow(0, 86_400_000);
        assertThat(window.startTime()).isEqualTo(Instant.EPOCH);
        assertThat(window.endTime()).isEqualTo(Instant.parse("1970-01-02T00:00:00Z"));
    }

    @Test
    void shouldCompareWindowedKeysByKeyAndWindow() {
        Windowed<String> windowed = new Windowed<>("a", new TimeWindow(0, 5));
        assertThat(windowed)
                .isEqualTo(new Windowed<>("a", new TimeWindow(0, 5)))
                .hasSameHashCodeAs(new Windowed<>("a", new TimeWindow(0, 5)))
                .isNotEqualTo(new Windowed<>("b", new TimeWindow(0, 5)))
                .isNotEqualTo(new Windowed<>("a", new TimeWindow(5, 10)))
                .hasToString("[a@0/5]");
    }

    @Test
    void shouldRefuseAnInstantThatNoStoreCanCount() {
        assertThat(EpochMillis.of("timeFrom", Instant.ofEpochMilli(-7))).isEqualTo(-7);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EpochMillis.of("timeTo", Instant.MAX))
                .withMessageContaining("timeTo");
    }

    private static final class ClosedWindow extends Window {
        ClosedWindow(long startMs, long endMs) {
            super(startMs, endMs);
        }

        @Override
        public boolean overlap(Window other) {
            return start() <= other.end() && other.start() <= end();
        }
    }
}
