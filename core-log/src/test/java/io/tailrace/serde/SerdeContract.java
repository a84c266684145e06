package io.tailrace.serde;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.header.RecordHeaders;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Objects;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** What every serde must hold, whatever its type. */
abstract class SerdeContract<T> {
    private static final String TOPIC = "topic";

    abstract Serde<T> serde();

    abstract Arbitrary<T> values();

    @Provide
    Arbitrary<T> anyValue() {
        return values();
    }

    @Property(tries = 200)
    void shouldReadWhatItWrote(@ForAll("anyValue") T value) {
        assertThat(serde().deserializer().deserialize(TOPIC, bytes(value))).isEqualTo(value);
    }

    @Property(tries = 100)
    void shouldReadWhatItWroteWithHeaders(@ForAll("anyValue") T value) {
        byte[] bytes = serde().serializer().serialize(TOPIC, new RecordHeaders(), value);
        assertThat(serde().deserializer().deserialize(TOPIC, new RecordHeaders(), bytes))
                .isEqualTo(value);
    }

    @Property(tries = 100)
    void shouldReadFromTheMiddleOfAnyKindOfBuffer(@ForAll("anyValue") T value, @ForAll boolean direct) {
        byte[] bytes = bytes(value);
        ByteBuffer buffer =
                direct ? ByteBuffer.allocateDirect(bytes.length + 7) : ByteBuffer.allocate(bytes.length + 7);
        buffer.position(3);
        buffer.put(bytes);
        buffer.flip().position(3);
        buffer.order(ByteOrder.LITTLE_ENDIAN);
        T read = serde().deserializer().deserialize(TOPIC, new RecordHeaders(), buffer);
        assertThat(read).isEqualTo(value);
        assertThat(buffer.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    }

    @Property(tries = 50)
    void shouldLeaveTheValueAsItIs(@ForAll("anyValue") T value) {
        byte[] first = bytes(value).clone();
        assertThat(bytes(value)).isEqualTo(first);
    }

    @Example
    void shouldMapNullToNullBothWays() {
        assertThat(serde().serializer().serialize(TOPIC, null)).isNull();
        assertThat(serde().deserializer().deserialize(TOPIC, null)).isNull();
        assertThat(serde().deserializer().deserialize(TOPIC, new RecordHeaders(), (ByteBuffer) null))
                .isNull();
    }

    private byte[] bytes(T value) {
        return Objects.requireNonNull(serde().serializer().serialize(TOPIC, value));
    }
}
