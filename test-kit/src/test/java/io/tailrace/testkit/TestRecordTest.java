package io.tailrace.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.ProducerRecord;
import io.tailrace.common.header.RecordHeaders;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TestRecordTest {
    @Test
    void shouldHaveTheTimeItWasGivenOrNone() {
        assertThat(new TestRecord<>("k", "v").timestamp()).isNull();
        assertThat(new TestRecord<>("k", "v", Instant.ofEpochMilli(9)).timestamp())
                .isEqualTo(9L);
        assertThat(new TestRecord<>("k", "v", null, 9L).getRecordTime()).isEqualTo(Instant.ofEpochMilli(9));
        assertThatThrownBy(() -> new TestRecord<>("k", "v", null, -9L))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("-9");
    }

    @Test
    void shouldTakeOverARecordOfTheLog() {
        RecordHeaders headers = new RecordHeaders();
        headers.add("h", new byte[] {1});
        ProducerRecord<String, String> written = new ProducerRecord<>("topic", null, 7L, "k", "v", headers);

        assertThat(new TestRecord<>(written)).isEqualTo(new TestRecord<>("k", "v", headers, 7L));
        assertThatThrownBy(() -> new TestRecord<>(new ConsumerRecord<>("topic", 0, 0, "k", "v")))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldBeEqualByContent() {
        TestRecord<String, String> record = new TestRecord<>("k", "v", Instant.EPOCH);

        assertThat(record)
                .isEqualTo(new TestRecord<>("k", "v", Instant.EPOCH))
                .hasSameHashCodeAs(new TestRecord<>("k", "v", Instant.EPOCH));
        assertThat(record).isNotEqualTo(new TestRecord<>("k", "v"));
        assertThat(record.toString()).contains("key=k").contains("value=v");
        assertThat(record.getKey()).isEqualTo("k");
        assertThat(record.getValue()).isEqualTo("v");
        assertThat(record.getHeaders()).isEmpty();
    }
}
