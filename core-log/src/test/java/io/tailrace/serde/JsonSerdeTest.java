package io.tailrace.serde;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.config.ConfigException;
import io.tailrace.common.errors.SerializationException;
import io.tailrace.common.header.RecordHeaders;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

class JsonSerdeTest {
    public record Flight(String origin, int delayMinutes) {
        public Flight {
            if (delayMinutes < -120) {
                throw new IllegalArgumentException("delay " + delayMinutes);
            }
        }
    }

    public record Day(String name, List<Flight> flights, Map<String, Integer> counts) {}

    public static final class Selfish {
        public Selfish getSelf() {
            return this;
        }
    }

    @Test
    void shouldWriteARecordAsADocument() {
        assertThat(JsonSerde.of(Flight.class).serializer().serialize("t", new Flight("SFO", 5)))
                .asString(UTF_8)
                .isEqualTo("{\"origin\":\"SFO\",\"delayMinutes\":5}");
    }

    @Test
    void shouldReadGenericTypes() {
        JsonSerde<Map<String, List<Flight>>> serde = JsonSerde.of(new TypeReference<Map<String, List<Flight>>>() {});
        Map<String, List<Flight>> value = Map.of("a", List.of(new Flight("SFO", 1), new Flight("LAX", 2)));
        assertThat(serde.deserializer().deserialize("t", serde.serializer().serialize("t", value)))
                .isEqualTo(value);
    }

    @Test
    void shouldUseTheGivenMapper() {
        JsonMapper mapper = JsonMapper.builder()
                .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
                .build();
        JsonSerde<Flight> serde = JsonSerde.of(Flight.class, mapper);
        byte[] bytes = serde.serializer().serialize("t", new Flight("SFO", 5));
        assertThat(bytes).asString(UTF_8).contains("delay_minutes");
        assertThat(serde.deserializer().deserialize("t", bytes)).isEqualTo(new Flight("SFO", 5));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{\"origin\":", "secret", "{\"origin\":secret}", "{} {}", "[]", "\"secret\""})
    void shouldRefuseAMalformedDocumentWithoutQuotingIt(String document) {
        refusal(JsonSerde.of(Flight.class), document)
                .hasMessageContainingAll("Flight", "topic 't'")
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @Test
    void shouldNameTheBytePositionOfASyntaxErrorFromTheStartOfTheDocument() {
        ByteBuffer buffer =
                ByteBuffer.wrap("xxx{\"origin\":\"SFO\",!}".getBytes(UTF_8)).position(3);
        assertThatThrownBy(
                        () -> JsonSerde.of(Flight.class).deserializer().deserialize("t", new RecordHeaders(), buffer))
                .isInstanceOf(SerializationException.class)
                .hasMessageContaining("at byte 16 of 18");
        refusal(JsonSerde.of(Flight.class), "{\"origin\":\"SFO\",!}")
                .hasMessageContainingAll("not well-formed JSON", "at byte 16 of 18");
    }

    @Test
    void shouldNameThePropertyThatDoesNotFit() {
        refusal(
                        JsonSerde.of(Day.class),
                        "{\"name\":\"x\",\"flights\":[{\"delayMinutes\":1},{\"delayMinutes\":\"secret\"}]}")
                .hasMessageContainingAll("for flights[1].delayMinutes", "expected int", "at byte")
                .hasMessageNotContaining("secret")
                .hasNoCause();
    }

    @Test
    void shouldNotNameAMapsKeyOrAnUnknownProperty() {
        refusal(JsonSerde.of(Day.class), "{\"counts\":{\"secret\":\"x\"}}")
                .hasMessageContaining("for counts[a key]")
                .hasMessageNotContaining("secret");
        JsonMapper strict = JsonMapper.builder()
                .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        refusal(JsonSerde.of(Flight.class, strict), "{\"secret\":1}")
                .hasMessageContaining("a property that the type does not have")
                .hasMessageNotContaining("secret");
    }

    @Test
    void shouldNameTheConstructorThatRefused() {
        refusal(JsonSerde.of(Flight.class), "{\"origin\":\"SFO\",\"delayMinutes\":-500}")
                .hasMessageContainingAll("the constructor of", "Flight", "refused", "IllegalArgumentException")
                .hasMessageNotContaining("-500");
    }

    @Test
    void shouldSayWhatCannotBeWritten() {
        assertThatThrownBy(() -> new JsonSerializer<>().serialize("t", new Selfish()))
                .isInstanceOf(SerializationException.class)
                .hasMessageContainingAll("cannot write", Selfish.class.getName(), "topic 't'");
    }

    @Test
    void shouldReadTheLiteralNullAsNull() {
        assertThat(JsonSerde.of(Flight.class).deserializer().deserialize("t", "null".getBytes(UTF_8)))
                .isNull();
    }

    @Test
    void shouldTakeItsTypeFromTheConfiguration() {
        JsonSerde<Flight> key = new JsonSerde<>();
        key.configure(Map.of("json.key.type", Flight.class.getName()), true);
        JsonSerde<Flight> value = new JsonSerde<>();
        value.configure(Map.of("json.value.type", Flight.class), false);
        byte[] bytes = key.serializer().serialize("t", new Flight("SFO", 5));
        assertThat(key.deserializer().deserialize("t", bytes)).isEqualTo(new Flight("SFO", 5));
        assertThat(value.deserializer().deserialize("t", bytes)).isEqualTo(new Flight("SFO", 5));
    }

    @Test
    void shouldSayWhichConfigKeyItNeeds() {
        assertThatThrownBy(() -> new JsonDeserializer<Flight>().configure(Map.of("json.key.type", Flight.class), false))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("json.value.type");
        assertThatThrownBy(() -> new JsonDeserializer<Flight>().configure(Map.of("json.key.type", "no.Such"), true))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("json.key.type", "no.Such");
        assertThatThrownBy(() -> new JsonDeserializer<Flight>().deserialize("t", new byte[1]))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldKeepTheTypeOfItsConstructorWhenConfigured() {
        JsonSerde<Flight> serde = JsonSerde.of(Flight.class);
        serde.configure(Map.of(), false);
        assertThat(serde.deserializer().deserialize("t", "{\"origin\":\"A\",\"delayMinutes\":1}".getBytes(UTF_8)))
                .isEqualTo(new Flight("A", 1));
    }

    @Property(tries = 1000)
    void shouldFailOnlyWithASerializationException(@ForAll byte[] bytes) {
        try {
            JsonSerde.of(Day.class).deserializer().deserialize("t", bytes);
        } catch (SerializationException e) {
            assertThat(e).hasMessageContaining("Day");
        }
    }

    private static AbstractThrowableAssert<?, ? extends Throwable> refusal(Serde<?> serde, String document) {
        return assertThatThrownBy(() -> serde.deserializer().deserialize("t", document.getBytes(UTF_8)))
                .isInstanceOf(SerializationException.class);
    }
}
