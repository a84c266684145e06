package io.tailrace.log.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.config.ConfigException;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopicConfigTest {

    @Test
    void shouldTakeWhatIsSetAndDefaultTheRest() {
        TopicConfig config = TopicConfig.parse(Map.of("index.interval.bytes", "512"), 4096);

        assertThat(config).isEqualTo(new TopicConfig(4096, 512, TopicConfig.DEFAULT.maxMessageBytes()));
    }

    @Test
    void shouldPreferTheTopicsOwnSegmentBytes() {
        assertThat(TopicConfig.parse(Map.of("segment.bytes", "2048"), 4096).segmentBytes())
                .isEqualTo(2048);
    }

    @Test
    void shouldNameTheKeysThatExistWhenOneDoesNot() {
        assertThatThrownBy(() -> TopicConfig.parse(Map.of("retention.ms", "1000"), 4096))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("retention.ms")
                .hasMessageContaining("segment.bytes, index.interval.bytes, max.message.bytes");
    }

    @Test
    void shouldRefuseAWrongValue() {
        assertThatThrownBy(() -> TopicConfig.parse(Map.of("segment.bytes", "12"), 4096))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("segment.bytes")
                .hasMessageContaining("12")
                .hasMessageContaining("at least 1024");
        assertThatThrownBy(() -> TopicConfig.parse(Map.of("max.message.bytes", "big"), 4096))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("big");
    }

    @Test
    void shouldPrintEveryConfig() {
        assertThat(TopicConfig.DEFAULT.toMap())
                .containsOnlyKeys("segment.bytes", "index.interval.bytes", "max.message.bytes")
                .containsEntry("segment.bytes", "1073741824");
    }
}
