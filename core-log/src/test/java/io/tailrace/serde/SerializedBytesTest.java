package io.tailrace.serde;

import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.config.ConfigException;
import io.tailrace.common.errors.SerializationException;
import io.tailrace.common.header.RecordHeaders;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The bytes themselves, which other clients of a log read and write too. */
class SerializedBytesTest {
    static Stream<Arguments> golden() {
        return Stream.of(
                Arguments.of(Serdes.Boolean(), true, "01"),
                Arguments.of(Serdes.Boolean(), false, "00"),
                Arguments.of(Serdes.Short(), (short) -2, "fffe"),
                Arguments.of(Serdes.Integer(), 0x01020304, "01020304"),
                Arguments.of(Serdes.Long(), -1L << 8, "ffffffffffffff00"),
                Arguments.of(Serdes.Float(), 1.0f, "3f800000"),
                Arguments.of(Serdes.Double(), -2.0, "c000000000000000"),
                Arguments.of(Serdes.Float(), Float.intBitsToFloat(0xFFF75AA3), "fff75aa3"),
                Arguments.of(Serdes.Double(), Double.longBitsToDouble(-1L), "7ff8000000000000"),
                Arguments.of(Serdes.String(), "aé€", "61c3a9e282ac"),
                Arguments.of(
                        Serdes.UUID(),
                        new UUID(1, 2),
                        HexFormat.of().formatHex("00000000-0000-0001-0000-000000000002".getBytes(UTF_8))));
    }

    @ParameterizedTest
    @MethodSource("golden")
    void shouldWriteExactlyTheseBytes(Serde<Object> serde, Object value, String hex) {
        assertThat(serde.serializer().serialize("t", value)).asHexString().isEqualToIgnoringCase(hex);
    }

    static Stream<Arguments> fixedSize() {
        return Stream.of(
                Arguments.of(Serdes.Boolean(), 1),
                Arguments.of(Serdes.Short(), 2),
                Arguments.of(Serdes.Integer(), 4),
                Arguments.of(Serdes.Float(), 4),
                Arguments.of(Serdes.Long(), 8),
                Arguments.of(Serdes.Double(), 8));
    }

    @ParameterizedTest
    @MethodSource("fixedSize")
    void shouldNameFoundAndExpectedSize(Serde<Object> serde, int size) {
        for (int wrong : new int[] {0, size - 1, size + 1}) {
            assertThatThrownBy(() -> serde.deserializer().deserialize("t", new byte[wrong]))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContainingAll("found " + wrong + " bytes", "expected " + size);
            assertThatThrownBy(() ->
                            serde.deserializer().deserialize("t", new RecordHeaders(), ByteBuffer.allocate(wrong)))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContainingAll("found " + wrong + " bytes", "expected " + size);
        }
    }

    @Test
    void shouldRefuseABooleanThatIsNeither0Nor1() {
        assertThatThrownBy(() -> new BooleanDeserializer().deserialize("t", new byte[] {2}))
                .isInstanceOf(SerializationException.class)
                .hasMessageContainingAll("2", "0 or 1");
    }

    @Test
    void shouldRefuseTextThatIsNoUuidWithoutQuotingIt() {
        assertThatThrownBy(() -> new UUIDDeserializer().deserialize("t", "secret".getBytes(UTF_8)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("found 6 bytes")
                .hasMessageNotContaining("secret");
    }

    @Test
    void shouldRefuseBytesWhereOnlyNullIsExpected() {
        assertThatThrownBy(() -> new VoidDeserializer().deserialize("t", new byte[3]))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("found 3 bytes");
        assertThat(new VoidDeserializer().deserialize("t", null)).isNull();
        assertThat(new VoidSerializer().serialize("t", null)).isNull();
    }

    @Test
    void shouldTakeABuffersBytesUpToTheLimitWhateverItsPosition() {
        ByteBuffer buffer = ByteBuffer.allocate(8).put((byte) 1).put((byte) 2).limit(3);
        assertThat(new ByteBufferSerializer().serialize("t", buffer)).containsExactly(1, 2, 0);
        assertThat(buffer.position()).isEqualTo(2);
        assertThat(buffer.limit()).isEqualTo(3);
    }

    @Test
    void shouldEncodeTextAsConfiguredForKeysAndValues() {
        Map<String, ?> configs = Map.of(
                "key.serializer.encoding", "UTF-16BE",
                "serializer.encoding", "ISO-8859-1",
                "deserializer.encoding", "UTF-16BE");
        StringSerializer key = new StringSerializer();
        key.configure(configs, true);
        StringSerializer value = new StringSerializer();
        value.configure(configs, false);
        StringDeserializer deserializer = new StringDeserializer();
        deserializer.configure(configs, true);
        assertThat(key.serialize("t", "é")).isEqualTo("é".getBytes(UTF_16BE));
        assertThat(value.serialize("t", "é")).containsExactly(0xE9);
        assertThat(deserializer.deserialize("t", "é".getBytes(UTF_16BE))).isEqualTo("é");
    }

    @Test
    void shouldEncodeUuidsAsConfigured() {
        Map<String, ?> configs =
                Map.of("value.serializer.encoding", "UTF-16BE", "value.deserializer.encoding", "UTF-16BE");
        Serde<UUID> serde = Serdes.UUID();
        serde.configure(configs, false);
        byte[] bytes = serde.serializer().serialize("t", new UUID(1, 2));
        assertThat(bytes).hasSize(72);
        assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(new UUID(1, 2));
    }

    @Test
    void shouldRefuseAnEncodingThatDoesNotExist() {
        assertThatThrownBy(() -> new StringSerializer().configure(Map.of("serializer.encoding", "UTF-9"), true))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("serializer.encoding", "UTF-9");
        assertThatThrownBy(() -> new StringDeserializer().configure(Map.of("value.deserializer.encoding", 8), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("value.deserializer.encoding", "Integer 8");
    }
}
