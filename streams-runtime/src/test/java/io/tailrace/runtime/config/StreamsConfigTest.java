package io.tailrace.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.config.ConfigException;
import io.tailrace.errors.handler.LogAndContinueExceptionHandler;
import io.tailrace.errors.handler.LogAndFailExceptionHandler;
import io.tailrace.processor.AutoOffsetReset;
import io.tailrace.processor.time.FailOnInvalidTimestamp;
import io.tailrace.processor.time.WallclockTimestampExtractor;
import io.tailrace.serde.Serde;
import io.tailrace.serde.Serdes;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StreamsConfigTest {
    private static StreamsConfig with(String key, Object value) {
        return StreamsConfig.builder().applicationId("app").set(key, value).build();
    }

    @Test
    void shouldHaveKafkaStreamsDefaults() {
        StreamsConfig config = StreamsConfig.builder().applicationId("app").build();

        assertThat(config.commitInterval()).isEqualTo(Duration.ofMillis(100));
        assertThat(config.poll()).isEqualTo(Duration.ofMillis(100));
        assertThat(config.maxTaskIdleMs()).isZero();
        assertThat(config.bufferedRecordsPerPartition()).isEqualTo(1000);
        assertThat(config.autoOffsetReset()).isEqualTo(AutoOffsetReset.earliest());
        assertThat(config.numStreamThreads()).isEmpty();
        assertThat(config.stateDir()).isEmpty();
        assertThat(config.defaultTimestampExtractor()).isInstanceOf(FailOnInvalidTimestamp.class);
        assertThat(config.deserializationExceptionHandler()).isInstanceOf(LogAndFailExceptionHandler.class);
    }

    @Test
    void shouldReadPropertiesWithTheirDefaults() {
        Properties defaults = new Properties();
        defaults.setProperty(StreamsConfig.NUM_STREAM_THREADS_CONFIG, "3");
        Properties properties = new Properties(defaults);
        properties.setProperty(StreamsConfig.APPLICATION_ID_CONFIG, "app");
        properties.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, 250);

        StreamsConfig config = StreamsConfig.from(properties);

        assertThat(config.numStreamThreads()).hasValue(3);
        assertThat(config.commitInterval()).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void shouldBeTheSameFromBuilderAndProperties() {
        Properties properties = new Properties();
        properties.setProperty("application.id", "app");
        properties.setProperty("state.dir", "/some/where");
        properties.setProperty("max.task.idle.ms", "20");

        StreamsConfig built = StreamsConfig.builder()
                .applicationId("app")
                .stateDir(Path.of("/some/where"))
                .maxTaskIdleMs(20)
                .build();

        assertThat(StreamsConfig.from(properties)).hasToString(built.toString());
    }

    @Test
    void shouldRequireAnApplicationId() {
        assertThatThrownBy(() -> StreamsConfig.builder().build())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'application.id' is missing");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "with space", "slash/ed", "ümlaut"})
    void shouldRefuseAnIdThatCannotNameTopics(String id) {
        assertThatThrownBy(() -> StreamsConfig.builder().applicationId(id).build())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'" + id + "'")
                .hasMessageContaining("a-z A-Z 0-9 . _ -");
    }

    @Test
    void shouldSuggestAKeyThatIsNearlyRight() {
        assertThatThrownBy(() -> with("comit.interval.ms", 1))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'comit.interval.ms' is unknown")
                .hasMessageContaining("did you mean 'commit.interval.ms'?");
    }

    @ParameterizedTest
    @CsvSource({
        "commit.interval.ms, -1",
        "commit.interval.ms, soon",
        "num.stream.threads, 0",
        "max.task.idle.ms, -2",
        "buffered.records.per.partition, 0",
        "auto.offset.reset, middle"
    })
    void shouldRefuseWrongValues(String key, String value) {
        assertThatThrownBy(() -> with(key, value))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining(key)
                .hasMessageContaining(value)
                .hasMessageContaining("expected");
    }

    @Test
    void shouldProcessExactlyOnceUnlessToldOtherwise() {
        assertThat(with(StreamsConfig.POLL_MS_CONFIG, 10).exactlyOnce()).isTrue();
        assertThat(with(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, "exactly_once_v2")
                        .exactlyOnce())
                .isTrue();
        assertThat(with(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, "at_least_once")
                        .exactlyOnce())
                .isFalse();
        assertThatThrownBy(() -> with(StreamsConfig.PROCESSING_GUARANTEE_CONFIG, "exactly_once"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("exactly_once_v2, at_least_once");
    }

    @ParameterizedTest
    @ValueSource(strings = {"num.standby.replicas", "topology.optimization"})
    void shouldRefuseKeysWhoseFunctionDoesNotExist(String key) {
        assertThatThrownBy(() -> with(key, "1"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'" + key + "' is not supported yet");
    }

    @ParameterizedTest
    @CsvSource({"num.standby.replicas, 0", "topology.optimization, none"})
    void shouldAcceptThatSuchAFunctionIsOff(String key, String off) {
        assertThat(with(key, off).withoutEffect()).containsExactly(key);
    }

    @Test
    void shouldTakeTheBytesOfTheCacheByEitherOfItsNames() {
        assertThat(with("state.dir", "x").stateStoreCacheMaxBytes()).isEqualTo(10 * 1024 * 1024);
        assertThat(with("cache.max.bytes.buffering", "5").stateStoreCacheMaxBytes())
                .isEqualTo(5);
        StreamsConfig both = StreamsConfig.builder()
                .applicationId("app")
                .set("cache.max.bytes.buffering", "5")
                .stateStoreCacheMaxBytes(7)
                .build();
        assertThat(both.stateStoreCacheMaxBytes()).isEqualTo(7);
    }

    @Test
    void shouldNameKeysThatHaveNoEffectWithoutABroker() {
        StreamsConfig config = StreamsConfig.builder()
                .applicationId("app")
                .set(StreamsConfig.REPLICATION_FACTOR_CONFIG, 3)
                .set(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "localhost:9092")
                .set("producer.linger.ms", "5")
                .build();

        assertThat(config.withoutEffect())
                .containsExactly("bootstrap.servers", "producer.linger.ms", "replication.factor");
    }

    @Test
    void shouldTakeTheOffsetResetFromTheConsumersConfig() {
        assertThat(with("consumer.auto.offset.reset", "latest").autoOffsetReset())
                .isEqualTo(AutoOffsetReset.latest());
    }

    @Test
    void shouldMakeSerdesOfClassesAnewAndKeepInstances() {
        StreamsConfig byClass = with(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        assertThat(byClass.defaultKeySerde())
                .isNotSameAs(byClass.defaultKeySerde())
                .isInstanceOf(Serdes.StringSerde.class);

        Serde<Long> instance = Serdes.Long();
        assertThat(with(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, instance)
                        .defaultValueSerde())
                .isSameAs(instance);
    }

    @Test
    void shouldSayWhichDefaultSerdeIsMissing() {
        StreamsConfig config = StreamsConfig.builder().applicationId("app").build();

        assertThatThrownBy(config::defaultKeySerde)
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'default.key.serde' is not set");
    }

    @Test
    void shouldKnowTheDeserializationHandlerByBothNames() {
        assertThat(with("deserialization.exception.handler", LogAndContinueExceptionHandler.class.getName())
                        .deserializationExceptionHandler())
                .isInstanceOf(LogAndContinueExceptionHandler.class);
        assertThat(with("default.deserialization.exception.handler", LogAndContinueExceptionHandler.class)
                        .deserializationExceptionHandler())
                .isInstanceOf(LogAndContinueExceptionHandler.class);
    }

    @Test
    void shouldPassTopicConfigsOnAndPrintWhatApplies() {
        StreamsConfig config = StreamsConfig.builder()
                .applicationId("app")
                .defaultTimestampExtractor(new WallclockTimestampExtractor())
                .set("topic.segment.bytes", "4096")
                .build();

        assertThat(config.originalsWithPrefix(StreamsConfig.TOPIC_PREFIX)).isEqualTo(Map.of("segment.bytes", "4096"));
        assertThat(config.toString())
                .contains("application.id = app\n")
                .contains("commit.interval.ms = 100 (default)\n")
                .contains("topic.segment.bytes = 4096\n");
    }
}
