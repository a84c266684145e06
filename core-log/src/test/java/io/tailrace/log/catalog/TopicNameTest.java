package io.tailrace.log.catalog;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.errors.InvalidTopicException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopicNameTest {

    @ParameterizedTest
    @ValueSource(strings = {"a", "Flights-2001_week.1", "...", "__consumer_offsets", "-"})
    void shouldAcceptLegalNames(String name) {
        assertThatCode(() -> TopicName.check(name)).doesNotThrowAnyException();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a/b", "a b", "flüge", "a\u0000", "a\\b", "a:b"})
    void shouldRefuseIllegalNames(String name) {
        assertThatThrownBy(() -> TopicName.check(name)).isInstanceOf(InvalidTopicException.class);
    }

    @Test
    void shouldAcceptUpTo249Characters() {
        assertThatCode(() -> TopicName.check("x".repeat(249))).doesNotThrowAnyException();
        assertThatThrownBy(() -> TopicName.check("x".repeat(250)))
                .isInstanceOf(InvalidTopicException.class)
                .hasMessageContaining("250");
    }
}
