package io.tailrace.log.clean;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.log.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThrottleTest {
    private final ManualTime time = new ManualTime();
    private final List<Long> pausesMs = new ArrayList<>();

    private Throttle throttle(long bytesPerSecond) {
        return new Throttle(
                time,
                nanoseconds -> {
                    pausesMs.add(nanoseconds / 1_000_000);
                    time.advance(Duration.ofNanos(nanoseconds));
                },
                bytesPerSecond);
    }

    @Test
    void shouldWaitUntilTheBytesAreAllowed() {
        Throttle throttle = throttle(1000);
        throttle.used(500);
        throttle.used(250);
        time.advance(Duration.ofMillis(100));
        throttle.used(300);
        assertThat(pausesMs).containsExactly(500L, 250L, 300L);
    }

    @Test
    void shouldNotSaveUpWhatWasNotUsed() {
        Throttle throttle = throttle(1000);
        time.advance(Duration.ofHours(1));
        throttle.used(2000);
        assertThat(pausesMs).containsExactly(2000L);
    }

    @Test
    void shouldNeverWaitWithoutALimitButAskWhetherToGoOn() {
        Throttle throttle = throttle(Throttle.UNLIMITED);
        throttle.used(Long.MAX_VALUE);
        throttle.used(1);
        assertThat(pausesMs).containsExactly(0L, 0L);
    }
}
