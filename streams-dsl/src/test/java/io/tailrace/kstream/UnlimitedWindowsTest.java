package io.tailrace.kstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.state.TimeWindow;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnlimitedWindowsTest {
    private final UnlimitedWindows windows = UnlimitedWindows.of().startOn(Instant.ofEpochMilli(10));

    @Test
    void shouldHaveOneWindowFromItsStartOn() {
        assertThat(windows.windowsFor(9)).isEmpty();
        assertThat(windows.windowsFor(10)).isEqualTo(Map.of(10L, new UnlimitedWindow(10)));
        assertThat(windows.windowsFor(Long.MAX_VALUE)).hasSize(1);
        assertThat(UnlimitedWindows.of().windowsFor(0)).containsOnlyKeys(0L);
    }

    @Test
    void shouldNeverEnd() {
        assertThat(new UnlimitedWindow(10).end()).isEqualTo(Long.MAX_VALUE);
        assertThat(windows.size()).isEqualTo(Long.MAX_VALUE);
        assertThat(windows.gracePeriodMs()).isZero();
    }

    @Test
    void shouldOverlapWithItsOwnKindOnly() {
        assertThat(new UnlimitedWindow(10).overlap(new UnlimitedWindow(1000))).isTrue();
        assertThatThrownBy(() -> new UnlimitedWindow(10).overlap(new TimeWindow(0, 1)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldRefuseAStartBeforeTheEpoch() {
        assertThatThrownBy(() -> windows.startOn(Instant.ofEpochMilli(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("before the epoch");
    }
}
