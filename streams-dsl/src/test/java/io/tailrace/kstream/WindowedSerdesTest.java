package io.tailrace.kstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.config.ConfigException;
import io.tailrace.common.errors.SerializationException;
import io.tailrace.serde.Serde;
import io.tailrace.serde.Serdes;
import io.tailrace.state.TimeWindow;
import io.tailrace.state.Windowed;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

class WindowedSerdesTest {
    private final Serde<Windowed<String>> serde = WindowedSerdes.timeWindowedSerdeFrom(String.class, 10);

    private static byte[] hex(String bytes) {
        return HexFormat.of().parseHex(bytes);
    }

    @Test
    void shouldWriteTheKeyThenTheStartAsKafkaDoes() {
        Windowed<String> key = new Windowed<>("ab", new TimeWindow(258, 268));
        assertThat(serde.serializer().serialize("t", key)).isEqualTo(hex("61620000000000000102"));
    }

    @Test
    void shouldReadTheEndAsStartPlusSize() {
        assertThat(serde.deserializer().deserialize("t", hex("61620000000000000102")))
                .isEqualTo(new Windowed<>("ab", new TimeWindow(258, 268)));
    }

    @Test
    void shouldReadTheKeysOfAChangelog() {
        Serde<Windowed<String>> changelog =
                new WindowedSerdes.TimeWindowedSerde<>(Serdes.String(), 10).forChangelog(true);
        assertThat(changelog.deserializer().deserialize("t", hex("6162000000000000010200000007")))
                .isEqualTo(new Windowed<>("ab", new TimeWindow(258, 268)));
    }

    @Property(tries = 200)
    void shouldReadWhatItWrote(@ForAll String text, @ForAll @LongRange(min = 0, max = Long.MAX_VALUE - 10) long start) {
        String inner = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
        Windowed<String> key = new Windowed<>(inner, new TimeWindow(start, start + 10));
        byte[] bytes = serde.serializer().serialize("t", key);
        assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(key);
    }

    @Test
    void shouldLetNullBeNull() {
        assertThat(serde.serializer().serialize("t", null)).isNull();
        assertThat(serde.deserializer().deserialize("t", null)).isNull();
        assertThat(serde.deserializer().deserialize("t", new byte[0])).isNull();
    }

    @Test
    void shouldEndAWindowThatDoesNotFitAtTheEndOfTime() {
        Serde<Windowed<String>> unlimited = WindowedSerdes.timeWindowedSerdeFrom(String.class, Long.MAX_VALUE);
        assertThat(unlimited.deserializer().deserialize("t", hex("61000000000000000a")))
                .isEqualTo(new Windowed<>("a", new TimeWindow(10, Long.MAX_VALUE)));
    }

    @Test
    void shouldSayWhatIsWrongWithTheBytes() {
        assertThatThrownBy(() -> serde.deserializer().deserialize("t", hex("010203")))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("3 bytes, expected 8 or more");
        assertThatThrownBy(() -> serde.deserializer().deserialize("t", hex("61ffffffffffffffff")))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("window start -1");
    }

    @Test
    void shouldConfigureASerdeThatWasCreatedByItsName() {
        Serde<Windowed<String>> created = new WindowedSerdes.TimeWindowedSerde<>();
        created.configure(
                Map.of(
                        "windowed.inner.serializer.class",
                        Serdes.StringSerde.class,
                        "windowed.inner.deserializer.class",
                        Serdes.StringSerde.class.getName(),
                        "window.size.ms",
                        "10"),
                true);
        byte[] bytes = created.serializer().serialize("t", new Windowed<>("ab", new TimeWindow(258, 268)));
        assertThat(bytes).isEqualTo(hex("61620000000000000102"));
        assertThat(created.deserializer().deserialize("t", bytes))
                .isEqualTo(new Windowed<>("ab", new TimeWindow(258, 268)));
    }

    @Test
    void shouldNameTheConfigThatIsMissing() {
        assertThatThrownBy(() -> new TimeWindowedSerializer<String>().configure(Map.of(), true))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("windowed.inner.serializer.class");
        assertThatThrownBy(() -> new TimeWindowedDeserializer<String>().configure(Map.of(), true))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("window.size.ms");
        assertThatThrownBy(() ->
                        new TimeWindowedSerializer<String>().serialize("t", new Windowed<>("a", new TimeWindow(0, 1))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("configure");
    }
}
