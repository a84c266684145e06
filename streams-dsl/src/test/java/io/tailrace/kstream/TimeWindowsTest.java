package io.tailrace.kstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.state.TimeWindow;
import java.time.Duration;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class TimeWindowsTest {
    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    @Test
    void shouldPutATimestampIntoTheOneTumblingWindowAroundIt() {
        TimeWindows windows = TimeWindows.ofSizeWithNoGrace(ms(10));
        assertThat(windows.windowsFor(0)).isEqualTo(Map.of(0L, new TimeWindow(0, 10)));
        assertThat(windows.windowsFor(9)).isEqualTo(Map.of(0L, new TimeWindow(0, 10)));
        assertThat(windows.windowsFor(10)).isEqualTo(Map.of(10L, new TimeWindow(10, 20)));
    }

    @Test
    void shouldListHoppingWindowsOldestFirst() {
        TimeWindows windows = TimeWindows.ofSizeWithNoGrace(ms(12)).advanceBy(ms(5));
        assertThat(windows.windowsFor(21).keySet()).containsExactly(10L, 15L, 20L);
        assertThat(windows.windowsFor(22).keySet()).containsExactly(15L, 20L);
    }

    @Test
    void shouldNotStartAWindowBeforeTheEpoch() {
        TimeWindows windows = TimeWindows.ofSizeWithNoGrace(ms(15)).advanceBy(ms(5));
        assertThat(windows.windowsFor(0).keySet()).containsExactly(0L);
        assertThat(windows.windowsFor(7).keySet()).containsExactly(0L, 5L);
    }

    @Property(tries = 500)
    void shouldPutEveryTimestampIntoExactlySizeByAdvanceWindows(
            @ForAll @IntRange(min = 1, max = 100_000) int advance,
            @ForAll @IntRange(min = 1, max = 50) int count,
            @ForAll @LongRange(min = 0, max = 1L << 42) long offset) {
        long size = (long) advance * count;
        TimeWindows windows = TimeWindows.ofSizeWithNoGrace(ms(size)).advanceBy(ms(advance));
        long timestamp = size + offset; // late enough for all windows to start after the epoch
        Map<Long, TimeWindow> found = windows.windowsFor(timestamp);
        assertThat(found).hasSize(count);
        found.forEach((start, window) -> {
            assertThat(window.start()).isEqualTo(start);
            assertThat(start % advance).isZero();
            assertThat(window.end() - start).isEqualTo(size);
            assertThat(window.contains(timestamp)).isTrue();
        });
    }

    @Property(tries = 500)
    void shouldMissNoWindowThatContainsTheTimestamp(
            @ForAll @IntRange(min = 1, max = 60) int size,
            @ForAll @IntRange(min = 1, max = 60) int wish,
            @ForAll @IntRange(max = 500) int timestamp) {
        int advance = Math.min(wish, size);
        TimeWindows windows = TimeWindows.ofSizeWithNoGrace(ms(size)).advanceBy(ms(advance));
        Map<Long, TimeWindow> found = windows.windowsFor(timestamp);
        for (long start = 0; start <= timestamp + size; start += advance) {
            assertThat(found.containsKey(start)).isEqualTo(start <= timestamp && timestamp < start + size);
        }
    }

    @Test
    void shouldKeepTheGracePeriodWhenTheAdvanceChanges() {
        TimeWindows windows = TimeWindows.ofSizeAndGrace(ms(10), ms(3)).advanceBy(ms(2));
        assertThat(windows.gracePeriodMs()).isEqualTo(3);
        assertThat(windows.size()).isEqualTo(10);
        assertThat(windows).isEqualTo(TimeWindows.ofSizeAndGrace(ms(10), ms(3)).advanceBy(ms(2)));
        assertThat(windows)
                .isNotEqualTo(TimeWindows.ofSizeAndGrace(ms(10), ms(4)).advanceBy(ms(2)));
    }

    @Test
    void shouldRefuseSizesAndAdvancesThatMakeNoWindows() {
        assertThatThrownBy(() -> TimeWindows.ofSizeWithNoGrace(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("size PT0S");
        assertThatThrownBy(() -> TimeWindows.ofSizeAndGrace(ms(1), ms(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("afterWindowEnd");
        assertThatThrownBy(() -> TimeWindows.ofSizeWithNoGrace(ms(5)).advanceBy(ms(6)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("5 ms");
        assertThatThrownBy(() -> TimeWindows.ofSizeWithNoGrace(ms(5)).advanceBy(Duration.ofNanos(10)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TimeWindows.ofSizeWithNoGrace(Duration.ofSeconds(Long.MAX_VALUE)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("64-bit");
    }
}
