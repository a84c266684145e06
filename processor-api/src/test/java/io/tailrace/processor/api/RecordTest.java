package io.tailrace.processor.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.errors.StreamsException;
import org.junit.jupiter.api.Test;

class RecordTest {
    private final Record<String, Integer> record = new Record<>("k", 1, 10, headers("h"));

    @Test
    void shouldStayAsItIsWhenAnotherIsMadeFromIt() {
        assertThat(record.withKey(2L)).isEqualTo(new Record<>(2L, 1, 10, headers("h")));
        assertThat(record.withValue("v")).isEqualTo(new Record<>("k", "v", 10, headers("h")));
        assertThat(record.withTimestamp(11)).isEqualTo(new Record<>("k", 1, 11, headers("h")));
        assertThat(record.withHeaders(headers("other"))).isEqualTo(new Record<>("k", 1, 10, headers("other")));
        assertThat(record).isEqualTo(new Record<>("k", 1, 10, headers("h")));
    }

    @Test
    void shouldNotSeeLaterChangesOfTheHeadersItWasMadeWith() {
        Headers given = headers("h");
        Record<String, Integer> made = new Record<>("k", 1, 10, given);
        given.add("later", new byte[0]);
        assertThat(made.headers()).hasSize(1);
    }

    @Test
    void shouldNotShareHeadersWithTheRecordItWasMadeFrom() {
        Record<String, String> derived = record.withValue("v");
        derived.headers().add("new", new byte[0]);
        assertThat(record.headers()).hasSize(1);
        record.headers().remove("h");
        assertThat(derived.headers()).hasSize(2);
    }

    @Test
    void shouldKeepHeadersThatAreAddedToARecordWithoutAny() {
        Record<String, Integer> bare = new Record<>("k", 1, 10);
        assertThat(bare.headers()).isEmpty();
        bare.headers().add("new", new byte[0]);
        assertThat(bare.headers()).hasSize(1);
        assertThat(bare.withValue(2).headers()).hasSize(1);
    }

    @Test
    void shouldBeWritableWhenMadeFromReadOnlyHeaders() {
        RecordHeaders sent = new RecordHeaders(headers("h"));
        sent.setReadOnly();
        Record<String, Integer> made = new Record<>("k", 1, 10, sent);
        made.headers().add("new", new byte[0]);
        assertThat(made.headers()).hasSize(2);
    }

    @Test
    void shouldBeEqualWhetherHeadersWereAskedForOrNot() {
        Record<String, Integer> asked = new Record<>("k", 1, 10);
        assertThat(asked.headers()).isEmpty();
        assertThat(asked)
                .isEqualTo(new Record<>("k", 1, 10))
                .hasSameHashCodeAs(new Record<>("k", 1, 10, new RecordHeaders()))
                .isNotEqualTo(record);
    }

    @Test
    void shouldAllowNullKeyAndValue() {
        Record<String, Integer> nothing = record.<String>withKey(null).withValue(null);
        assertThat(nothing.key()).isNull();
        assertThat(nothing.value()).isNull();
        assertThat(nothing).isEqualTo(new Record<>(null, null, 10, headers("h")));
    }

    @Test
    void shouldRefuseNegativeTimestamps() {
        assertThatThrownBy(() -> new Record<>("k", 1, -1))
                .isInstanceOf(StreamsException.class)
                .hasMessageContaining("-1");
        assertThatThrownBy(() -> record.withTimestamp(-5))
                .isInstanceOf(StreamsException.class)
                .hasMessageContaining("-5");
    }

    static Headers headers(String key) {
        return new RecordHeaders().add(key, "value".getBytes(UTF_8));
    }
}
