package io.tailrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class ManualTimeTest {
    @Test
    void shouldStandStillUntilItIsMoved() {
        ManualTime time = new ManualTime(Instant.ofEpochMilli(5_000));
        assertThat(time.milliseconds()).isEqualTo(5_000);

        time.advance(Duration.ofMillis(250));
        assertThat(time.milliseconds()).isEqualTo(5_250);
        assertThat(time.nanoseconds()).isEqualTo(250_000_000);
    }

    @Test
    void shouldRefuseToGoBack() {
        ManualTime time = new ManualTime(Instant.EPOCH);

        assertThatThrownBy(() -> time.advance(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("PT-0.001S");
    }
}
