package io.tailrace.common.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;

class ConfigSchemaTest {
    private static final ConfigKey<Integer> SEGMENT_BYTES = ConfigKey.intNumber("segment.bytes")
            .defaultTo(1 << 30)
            .check(ConfigCheck.atLeast(14))
            .doc("size in bytes at which a segment is closed");
    private static final ConfigKey<Duration> RETENTION =
            ConfigKey.duration("retention.ms").defaultTo(Duration.ofDays(7));
    private static final ConfigKey<List<String>> POLICY =
            ConfigKey.list("cleanup.policy").defaultTo(List.of("delete"));
    private static final ConfigKey<String> ID =
            ConfigKey.string("application.id").required().doc("names the application");
    private static final ConfigKey<String> CLIENT = ConfigKey.string("client.id");
    private static final ConfigSchema SCHEMA = ConfigSchema.of(SEGMENT_BYTES, RETENTION, POLICY, ID, CLIENT)
            .passing("topic.", "configs of internal topics");

    @Test
    void shouldGiveWhatIsSetAndDefaultsForTheRest() {
        ConfigValues values = SCHEMA.parse(Map.of("application.id", "app", "segment.bytes", "100"));
        assertThat(values.get(ID)).isEqualTo("app");
        assertThat(values.get(SEGMENT_BYTES)).isEqualTo(100);
        assertThat(values.get(RETENTION)).isEqualTo(Duration.ofDays(7));
        assertThat(values.get(POLICY)).containsExactly("delete");
        assertThat(values.isSet(SEGMENT_BYTES)).isTrue();
        assertThat(values.isSet(RETENTION)).isFalse();
    }

    @Test
    void shouldSuggestTheNearestKey() {
        assertThatThrownBy(() -> SCHEMA.parse(Map.of("application.id", "app", "segment.byte", 100)))
                .isInstanceOf(ConfigException.class)
                .hasMessage("config key 'segment.byte' is unknown; did you mean 'segment.bytes'?");
    }

    @Test
    void shouldSuggestNothingWhenNoKeyIsNear() {
        assertThatThrownBy(() -> SCHEMA.parse(Map.of("color", "red"))).hasMessage("config key 'color' is unknown");
    }

    @Test
    void shouldNameAMissingKeyAndWhatItIsFor() {
        assertThatThrownBy(() -> SCHEMA.parse(Map.of()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContainingAll("'application.id' is missing", "a string", "names the application");
    }

    @Test
    void shouldTakeNullAsNotSet() {
        Map<String, Object> configs = new HashMap<>();
        configs.put("application.id", "app");
        configs.put("segment.bytes", null);
        assertThat(SCHEMA.parse(configs).get(SEGMENT_BYTES)).isEqualTo(1 << 30);
    }

    @Test
    void shouldReportAnOptionalKeyThatIsNotSet() {
        ConfigValues values = SCHEMA.parse(Map.of("application.id", "app"));
        assertThat(values.find(CLIENT)).isEmpty();
        assertThatThrownBy(() -> values.get(CLIENT))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("client.id");
    }

    @Test
    void shouldRefuseAKeyOfAnotherSchema() {
        ConfigValues values = SCHEMA.parse(Map.of("application.id", "app"));
        assertThatThrownBy(() -> values.get(ConfigKey.intNumber("segment.bytes")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("segment.bytes");
    }

    @Test
    void shouldReadPropertiesWithDefaultsAndObjects() {
        Properties defaults = new Properties();
        defaults.setProperty("application.id", "app");
        Properties properties = new Properties(defaults);
        properties.put("retention.ms", 5L);
        ConfigValues values = SCHEMA.parse(properties);
        assertThat(values.get(ID)).isEqualTo("app");
        assertThat(values.get(RETENTION)).isEqualTo(Duration.ofMillis(5));
    }

    @Test
    void shouldRefuseAPropertyWhoseNameIsNoString() {
        Properties properties = new Properties();
        properties.put(7, "x");
        assertThatThrownBy(() -> SCHEMA.parse(properties))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("7");
    }

    @Test
    void shouldPassKeysUnderAPrefixOn() {
        ConfigValues values = SCHEMA.parse(Map.of("application.id", "app", "topic.segment.bytes", 5));
        assertThat(ConfigValues.withPrefix(values.originals(), "topic.")).isEqualTo(Map.of("segment.bytes", 5));
        assertThat(values.originals()).containsEntry("topic.segment.bytes", 5);
    }

    @Test
    void shouldNotSeeLaterChangesOfTheMap() {
        Map<String, Object> configs = new HashMap<>(Map.of("application.id", "app"));
        ConfigValues values = SCHEMA.parse(configs);
        configs.put("application.id", "other");
        assertThat(values.originals()).containsEntry("application.id", "app");
        assertThatThrownBy(() -> values.originals().clear()).isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void shouldPrintEveryValueAndMarkDefaults() {
        assertThat(SCHEMA.parse(Map.of("application.id", "app", "topic.x", 1))).hasToString("""
                segment.bytes = 1073741824 (default)
                retention.ms = 604800000 (default)
                cleanup.policy = delete (default)
                application.id = app
                topic.x = 1
                """);
    }

    @Test
    void shouldDescribeEveryKey() {
        assertThat(SCHEMA.describe())
                .contains("""
                segment.bytes
                    size in bytes at which a segment is closed
                    an int, at least 14; default 1073741824
                """, "names the application", "a string; required", "topic.*", "configs of internal topics");
    }

    @Test
    void shouldRefuseTwoKeysWithOneName() {
        assertThatThrownBy(() -> SCHEMA.and(ConfigKey.string("client.id")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("client.id");
    }
}
