package io.tailrace.state;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ValueAndTimestampTest {
    @Test
    void shouldMakeNothingOfANullValueBecauseStoresDeleteOnNull() {
        assertThat(ValueAndTimestamp.<String>make(null, 5)).isNull();
        assertThat(ValueAndTimestamp.<String>getValueOrNull(null)).isNull();
    }

    @Test
    void shouldKeepTheTimestampOfANullValueWhenAskedTo() {
        ValueAndTimestamp<String> deletion = ValueAndTimestamp.makeAllowNullable(null, 5);
        assertThat(deletion.value()).isNull();
        assertThat(deletion.timestamp()).isEqualTo(5);
        assertThat(ValueAndTimestamp.getValueOrNull(deletion)).isNull();
    }

    @Test
    void shouldCompareByValueAndTimestamp() {
        assertThat(ValueAndTimestamp.make("a", 5))
                .isEqualTo(ValueAndTimestamp.makeAllowNullable("a", 5))
                .hasSameHashCodeAs(ValueAndTimestamp.makeAllowNullable("a", 5))
                .isNotEqualTo(ValueAndTimestamp.make("a", 6))
                .isNotEqualTo(ValueAndTimestamp.make("b", 5));
        assertThat(ValueAndTimestamp.getValueOrNull(ValueAndTimestamp.make("a", 5)))
                .isEqualTo("a");
    }
}
