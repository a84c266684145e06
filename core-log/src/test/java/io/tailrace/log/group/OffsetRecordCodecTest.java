package io.tailrace.log.group;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.InvalidGroupIdException;
import io.tailrace.common.errors.SerializationException;
import io.tailrace.log.api.OffsetAndMetadata;
import java.util.Arrays;
import java.util.HexFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class OffsetRecordCodecTest {

    private static final HexFormat HEX = HexFormat.of();

    @Test
    void shouldEncodeTheKeyAsKafkaDoes() {
        byte[] key = OffsetRecordCodec.encodeKey("grp", new TopicPartition("tö", 258));

        // version 1 | "grp" | "tö" in UTF-8 | 258
        assertThat(HEX.formatHex(key)).isEqualTo("0001" + "0003677270" + "000374c3b6" + "00000102");
    }

    @Test
    void shouldEncodeTheValueAsKafkaDoes() {
        byte[] value = OffsetRecordCodec.encodeValue(new OffsetAndMetadata(4097, "me"), 1_700_000_000_000L);

        // version 3 | offset | leader epoch -1 | "me" | commit timestamp
        assertThat(HEX.formatHex(value))
                .isEqualTo("0003" + "0000000000001001" + "ffffffff" + "00026d65" + "0000018bcfe56800");
    }

    @Property
    void shouldDecodeWhatWasEncoded(
            @ForAll @StringLength(max = 300) String group,
            @ForAll @IntRange(max = 100_000) int partition,
            @ForAll @LongRange(min = 0) long offset,
            @ForAll @StringLength(max = 300) String metadata,
            @ForAll long timestamp) {
        // Halves of surrogate pairs are no text: UTF-8 has no bytes for them.
        String validGroup = group.replaceAll("\\p{Cs}", "?");
        String validMetadata = metadata.replaceAll("\\p{Cs}", "?");
        TopicPartition topicPartition = new TopicPartition("flights.by_day-1", partition);
        OffsetAndMetadata committed = new OffsetAndMetadata(offset, validMetadata);

        OffsetRecord decoded = OffsetRecordCodec.decode(
                OffsetRecordCodec.encodeKey(validGroup, topicPartition),
                OffsetRecordCodec.encodeValue(committed, timestamp),
                "here");

        assertThat(decoded).isEqualTo(new OffsetRecord(validGroup, topicPartition, committed));
    }

    @Property
    void shouldRefuseEveryTruncation(@ForAll @IntRange(max = 200) int cut) {
        byte[] key = OffsetRecordCodec.encodeKey("group", new TopicPartition("topic", 1));
        byte[] value = OffsetRecordCodec.encodeValue(new OffsetAndMetadata(1, "metadata"), 2);
        byte[] shortKey = Arrays.copyOf(key, cut % key.length);
        byte[] shortValue = Arrays.copyOf(value, cut % value.length);

        assertThatThrownBy(() -> OffsetRecordCodec.decode(shortKey, value, "__consumer_offsets-3@17"))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("__consumer_offsets-3@17");
        assertThatThrownBy(() -> OffsetRecordCodec.decode(key, shortValue, "__consumer_offsets-3@17"))
                .isInstanceOf(SerializationException.class);
    }

    @Test
    void shouldDecodeATombstone() {
        byte[] key = OffsetRecordCodec.encodeKey("group", new TopicPartition("topic", 1));

        assertThat(OffsetRecordCodec.decode(key, null, "here").committed()).isNull();
    }

    @Test
    void shouldNameTheVersionItDoesNotRead() {
        byte[] key = OffsetRecordCodec.encodeKey("group", new TopicPartition("topic", 1));
        key[1] = 2;

        assertThatThrownBy(() -> OffsetRecordCodec.decode(key, null, "here"))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("key of version 2, expected 0..1");
    }

    @Test
    void shouldRefuseBytesBehindTheEnd() {
        byte[] key = OffsetRecordCodec.encodeKey("group", new TopicPartition("topic", 1));
        byte[] longer = Arrays.copyOf(key, key.length + 1);

        assertThatThrownBy(() -> OffsetRecordCodec.decode(longer, null, "here"))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("1 bytes behind");
    }

    @Test
    void shouldRefuseIdsAndMetadataThatTheFormatCannotHold() {
        String tooLong = "x".repeat(40_000);

        assertThatThrownBy(() -> OffsetRecordCodec.encodeKey(tooLong, new TopicPartition("topic", 1)))
                .isInstanceOf(InvalidGroupIdException.class)
                .hasMessageContaining("40000");
        assertThatThrownBy(() -> OffsetRecordCodec.encodeValue(new OffsetAndMetadata(1, tooLong), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("40000");
    }
}
