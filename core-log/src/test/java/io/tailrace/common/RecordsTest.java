package io.tailrace.common;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import org.junit.jupiter.api.Test;

class RecordsTest {
    @Test
    void shouldLeavePartitionAndTimestampOpenUnlessGiven() {
        ProducerRecord<String, String> record = new ProducerRecord<>("t", "k", "v");
        assertThat(record.partition()).isNull();
        assertThat(record.timestamp()).isNull();
        assertThat(record.headers().toArray()).isEmpty();
        assertThat(new ProducerRecord<String, String>("t", "v").key()).isNull();
    }

    @Test
    void shouldCopyTheHeadersOfAProducerRecord() {
        RecordHeaders given = new RecordHeaders();
        given.add("a", new byte[] {1});
        ProducerRecord<String, String> record = new ProducerRecord<>("t", 0, 5L, "k", "v", given);
        given.add("b", new byte[] {2});
        record.headers().add("c", new byte[] {3});
        assertThat(record.headers().lastHeader("b")).isNull();
        assertThat(given.lastHeader("c")).isNull();
    }

    @Test
    void shouldCompareProducerRecordsByAllTheyHold() {
        Headers headers = new RecordHeaders().add("h", new byte[] {1});
        ProducerRecord<String, String> record = new ProducerRecord<>("t", 0, 5L, "k", "v", headers);
        assertThat(record)
                .isEqualTo(new ProducerRecord<>("t", 0, 5L, "k", "v", headers))
                .hasSameHashCodeAs(new ProducerRecord<>("t", 0, 5L, "k", "v", headers))
                .isNotEqualTo(new ProducerRecord<>("t", 0, 5L, "k", "v"))
                .isNotEqualTo(new ProducerRecord<>("t", 1, 5L, "k", "v", headers))
                .isNotEqualTo(new ProducerRecord<>("t", 0, 6L, "k", "v", headers))
                .isNotEqualTo(new ProducerRecord<>("t", 0, 5L, "k", "w", headers));
    }

    @Test
    void shouldRefuseANegativeTimestamp() {
        assertThatThrownBy(() -> new ProducerRecord<>("t", 0, -1L, "k", "v"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("timestamp", "'t'", "-1");
    }

    @Test
    void shouldRefuseANegativePartition() {
        assertThatThrownBy(() -> new ProducerRecord<>("t", -2, "k", "v"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("partition", "'t'", "-2");
    }

    @Test
    void shouldSayThatAShortConsumerRecordHasNoTimestampAndSizes() {
        ConsumerRecord<String, String> record = new ConsumerRecord<>("t", 1, 42, "k", null);
        assertThat(record.timestamp()).isEqualTo(ConsumerRecord.NO_TIMESTAMP);
        assertThat(record.timestampType()).isEqualTo(TimestampType.NO_TIMESTAMP_TYPE);
        assertThat(record.serializedKeySize()).isEqualTo(ConsumerRecord.NULL_SIZE);
        assertThat(record.serializedValueSize()).isEqualTo(ConsumerRecord.NULL_SIZE);
        assertThat(record.value()).isNull();
        assertThat(record.headers().toArray()).isEmpty();
    }

    @Test
    void shouldKeepWhatAConsumerRecordIsGiven() {
        Headers headers = new RecordHeaders().add("h", null);
        ConsumerRecord<String, Integer> record =
                new ConsumerRecord<>("t", 1, 42, 1000, TimestampType.LOG_APPEND_TIME, 1, 4, "k", 7, headers);
        assertThat(record.topic()).isEqualTo("t");
        assertThat(record.partition()).isEqualTo(1);
        assertThat(record.offset()).isEqualTo(42);
        assertThat(record.timestamp()).isEqualTo(1000);
        assertThat(record.timestampType().id()).isEqualTo(1);
        assertThat(record.serializedKeySize()).isEqualTo(1);
        assertThat(record.serializedValueSize()).isEqualTo(4);
        assertThat(record.key()).isEqualTo("k");
        assertThat(record.value()).isEqualTo(7);
        assertThat(record.headers()).isSameAs(headers);
    }

    @Test
    void shouldReadTheMachinesClock() {
        long earlier = Time.SYSTEM.nanoseconds();
        assertThat(Time.SYSTEM.nanoseconds() - earlier).isNotNegative();
        assertThat(Time.SYSTEM.milliseconds()).isGreaterThan(1_700_000_000_000L);
    }
}
