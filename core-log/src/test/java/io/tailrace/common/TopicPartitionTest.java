package io.tailrace.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TopicPartitionTest {
    @Test
    void shouldBeAValue() {
        assertThat(new TopicPartition("a", 1))
                .isEqualTo(new TopicPartition("a", 1))
                .hasSameHashCodeAs(new TopicPartition("a", 1))
                .isNotEqualTo(new TopicPartition("a", 2))
                .isNotEqualTo(new TopicPartition("b", 1));
    }

    @Test
    void shouldPrintLikeItsDirectory() {
        assertThat(new TopicPartition("topic", 3)).hasToString("topic-3");
    }

    @Test
    void shouldOrderByTopicThenByNumber() {
        TreeSet<TopicPartition> ordered = new TreeSet<>();
        ordered.add(new TopicPartition("b", 0));
        ordered.add(new TopicPartition("a", 10));
        ordered.add(new TopicPartition("a", 2));
        assertThat(ordered).map(TopicPartition::toString).containsExactly("a-2", "a-10", "b-0");
    }

    @Test
    void shouldRefuseANegativePartition() {
        assertThatThrownBy(() -> new TopicPartition("a", -1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-1");
    }
}
