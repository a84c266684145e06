package io.tailrace.serde;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.config.ConfigException;
import io.tailrace.common.errors.SerializationException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListSerdeTest {
    private static final ListSerializer<Short> SHORTS = new ListSerializer<>(new ShortSerializer());
    private static final ListSerializer<String> STRINGS = new ListSerializer<>(new StringSerializer());

    @Test
    void shouldWriteFixedSizeEntriesBehindTheIndexesOfNulls() {
        assertThat(SHORTS.serialize("t", Arrays.asList((short) 1, null, (short) 2)))
                .asHexString()
                .isEqualToIgnoringCase("00" + "00000001" + "00000001" + "00000003" + "0001" + "0002");
    }

    @Test
    void shouldWriteOtherEntriesEachBehindItsSize() {
        assertThat(STRINGS.serialize("t", Arrays.asList("ab", null, "")))
                .asHexString()
                .isEqualToIgnoringCase("01" + "00000003" + "00000002" + "6162" + "ffffffff" + "00000000");
    }

    @Test
    void shouldCreateTheConfiguredClassOfList() {
        Serdes.ListSerde<String> serde = new Serdes.ListSerde<>();
        serde.configure(
                Map.of(
                        "default.list.value.serde.type",
                        LinkedList.class.getName(),
                        "default.list.value.serde.inner",
                        Serdes.StringSerde.class),
                false);
        byte[] bytes = serde.serializer().serialize("t", List.of("a"));
        assertThat(serde.deserializer().deserialize("t", bytes))
                .isInstanceOf(LinkedList.class)
                .containsExactly("a");
    }

    @Test
    void shouldNameTheConfigKeyThatIsMissing() {
        assertThatThrownBy(() -> new ListSerializer<String>().configure(Map.of(), true))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("default.list.key.serde.inner");
    }

    @Test
    void shouldRefuseToWorkBeforeItIsConfigured() {
        assertThatThrownBy(() -> new ListSerializer<String>().serialize("t", List.of("a")))
                .isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> new ListDeserializer<String>().deserialize("t", new byte[1]))
                .isInstanceOf(IllegalStateException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // no layout
                "02", // unknown layout
                "00", // nothing behind the layout
                "007fffffff", // more null indexes than bytes
                "00ffffffff", // negative number of nulls
                "0000000000", // no number of entries
                "00000000007fffffff", // more entries than bytes
                "000000000100000005000000010001", // null index behind the end
                "0000000002000000000000000000000002", // one null index twice
                "000000000000000001000102" // a byte too many
            })
    void shouldRefuseMalformedFixedSizeLists(String hex) {
        assertRefused(new ListDeserializer<>(arrayList(), new ShortDeserializer()), hex);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "01", // no number of entries
                "01ffffffff", // negative number of entries
                "017fffffff", // more entries than bytes
                "010000000100000002", // entry cut off
                "0100000001fffffffe", // negative size
                "010000000000", // a byte too many
                "000000000000000000" // fixed size, which strings do not have
            })
    void shouldRefuseMalformedVariableSizeLists(String hex) {
        assertRefused(new ListDeserializer<>(arrayList(), new StringDeserializer()), hex);
    }

    @Property(tries = 2000)
    void shouldReadAnyBytesOrRefuseThem(@ForAll byte[] bytes, @ForAll boolean fixedSize) {
        byte[] data = bytes.clone();
        if (data.length > 0) {
            data[0] &= 1;
        }
        Deserializer<?> deserializer = fixedSize
                ? new ListDeserializer<>(arrayList(), new ShortDeserializer())
                : new ListDeserializer<>(arrayList(), new StringDeserializer());
        try {
            assertThat((List<?>) deserializer.deserialize("t", data)).hasSizeLessThanOrEqualTo(data.length);
        } catch (SerializationException e) {
            assertThat(e).hasMessageStartingWith("cannot read list: found");
        }
    }

    private static void assertRefused(Deserializer<?> deserializer, String hex) {
        assertThatThrownBy(() -> deserializer.deserialize("t", HexFormat.of().parseHex(hex)))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("cannot read list");
    }

    @SuppressWarnings({"unchecked", "NonApiType"}) // class literals have no type parameters; the class is the argument
    private static <T> Class<ArrayList<T>> arrayList() {
        return (Class<ArrayList<T>>) (Class<?>) ArrayList.class;
    }
}
