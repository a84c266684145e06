package io.tailrace.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.Bytes;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SerdesTest {
    @Test
    void shouldFindTheSerdeOfAPlainType() {
        assertThat(Serdes.serdeFrom(String.class)).isInstanceOf(Serdes.StringSerde.class);
        assertThat(Serdes.serdeFrom(Long.class)).isInstanceOf(Serdes.LongSerde.class);
        assertThat(Serdes.serdeFrom(byte[].class)).isInstanceOf(Serdes.ByteArraySerde.class);
        assertThat(Serdes.serdeFrom(ByteBuffer.allocate(1).getClass())).isInstanceOf(Serdes.ByteBufferSerde.class);
        assertThat(Serdes.serdeFrom(Bytes.class)).isInstanceOf(Serdes.BytesSerde.class);
        assertThat(Serdes.serdeFrom(UUID.class)).isInstanceOf(Serdes.UUIDSerde.class);
        assertThat(Serdes.serdeFrom(Void.class)).isInstanceOf(Serdes.VoidSerde.class);
    }

    @Test
    void shouldNameTheTypesThereAreWhenOneIsNot() {
        assertThatThrownBy(() -> Serdes.serdeFrom(Thread.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("java.lang.Thread", "String", "UUID", "JsonSerde");
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                Serdes.BooleanSerde.class,
                Serdes.ByteArraySerde.class,
                Serdes.ByteBufferSerde.class,
                Serdes.BytesSerde.class,
                Serdes.DoubleSerde.class,
                Serdes.FloatSerde.class,
                Serdes.IntegerSerde.class,
                Serdes.ListSerde.class,
                Serdes.LongSerde.class,
                Serdes.ShortSerde.class,
                Serdes.StringSerde.class,
                Serdes.UUIDSerde.class,
                Serdes.VoidSerde.class,
                JsonSerde.class
            })
    void shouldBeCreatedByName(Class<?> type) throws ReflectiveOperationException {
        assertThat(Class.forName(type.getName()).getConstructor().newInstance()).isInstanceOf(Serde.class);
    }

    @Test
    void shouldConfigureAndCloseBothHalves() {
        List<String> calls = new ArrayList<>();
        Serializer<String> serializer = new StringSerializer() {
            @Override
            public void configure(Map<String, ?> configs, boolean isKey) {
                calls.add("serializer " + configs + isKey);
            }

            @Override
            public void close() {
                calls.add("serializer closed");
            }
        };
        Deserializer<String> deserializer = new StringDeserializer() {
            @Override
            public void configure(Map<String, ?> configs, boolean isKey) {
                calls.add("deserializer " + configs + isKey);
            }

            @Override
            public void close() {
                calls.add("deserializer closed");
            }
        };
        Serde<String> serde = Serdes.serdeFrom(serializer, deserializer);
        serde.configure(Map.of("a", 1), true);
        serde.close();
        assertThat(calls)
                .containsExactly(
                        "serializer {a=1}true", "deserializer {a=1}true", "serializer closed", "deserializer closed");
    }
}
