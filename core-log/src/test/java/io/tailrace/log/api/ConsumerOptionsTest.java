package io.tailrace.log.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConsumerOptionsTest {

    @ParameterizedTest
    @ValueSource(strings = {"earliest", "latest", "none", "by_duration:PT1H30M", "by_duration:PT0S"})
    void shouldReadAndWriteKafkasNotation(String text) {
        assertThat(OffsetResetPolicy.parse(text)).hasToString(text);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "EARLIEST", "by_duration", "by_duration:1h", "by_duration:-PT1H", "PT1H"})
    void shouldRefuseOtherNotations(String text) {
        assertThatThrownBy(() -> OffsetResetPolicy.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldReadDurationsAsIso8601() {
        assertThat(OffsetResetPolicy.parse("by_duration:P3D"))
                .isEqualTo(OffsetResetPolicy.byDuration(Duration.ofDays(3)))
                .isNotEqualTo(OffsetResetPolicy.EARLIEST);
    }

    @Test
    void shouldRefuseMembershipsThatCannotBe() {
        GroupMembership membership = GroupMembership.DEFAULT;

        assertThatThrownBy(membership::withAssignors)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("one or more");
        assertThatThrownBy(() -> membership.withAssignors(Assignor.RANGE, Assignor.RANGE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("each once");
        assertThatThrownBy(() -> membership.withGroupInstanceId(" ")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> membership.withSessionTimeout(Duration.ofMillis(-1)))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
