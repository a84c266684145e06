package io.tailrace.stores.layer;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class HeaderBytesTest {
    private static final byte[] VALUE = {42, 43};

    @Test
    void shouldPutASingleZeroBeforeAValueWithoutHeaders() {
        assertThat(HeaderBytes.before(VALUE, new RecordHeaders())).containsExactly(0, 42, 43);
    }

    @Test
    void shouldWriteNumbersInZigzagForm() {
        Headers headers = new RecordHeaders().add("a", new byte[] {7}).add("\u00e4", null);
        assertThat(HeaderBytes.before(VALUE, headers)).containsExactly(18, 4, 2, 'a', 2, 7, 4, 0xC3, 0xA4, 1, 42, 43);
    }

    @Property(tries = 200)
    void shouldReadWhatItWrote(
            @ForAll @Size(max = 4) List<@StringLength(max = 200) String> keys, @ForAll byte[] bytes) {
        RecordHeaders headers = new RecordHeaders();
        for (String key : keys) {
            headers.add(key, key.isEmpty() ? null : bytes);
        }
        byte[] stored = HeaderBytes.before(VALUE, headers);
        ByteBuffer buffer = ByteBuffer.wrap(stored);
        Headers read = HeaderBytes.read(buffer);
        assertThat(read.toArray()).hasSize(keys.size());
        assertThat(buffer.remaining()).isEqualTo(VALUE.length);
        assertThat(HeaderBytes.length(stored)).isEqualTo(stored.length - VALUE.length);
        assertThat(HeaderBytes.before(VALUE, read)).isEqualTo(stored);
    }
}
