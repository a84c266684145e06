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

        assertThat(config)
                .isEqualTo(new TopicConfig(
                        4096, 512, TopicConfig.DEFAULT.maxMessageBytes(), TopicConfig.DEFAULT.cleanup()));
    }

    @Test
    void shouldPreferTheTopicsOwnSegmentBytes() {
        assertThat(TopicConfig.parse(Map.of("segment.bytes", "2048"), 4096).segmentBytes())
                .isEqualTo(2048);
    }

    @Test
    void shouldNameTheKeysThatExistWhenOneDoesNot() {
        assertThatThrownBy(() -> TopicConfig.parse(Map.of("retention.hours", "1000"), 4096))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("retention.hours")
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
                .containsOnlyKeys(
                        "segment.bytes",
                        "index.interval.bytes",
                        "max.message.bytes",
                        "cleanup.policy",
                        "retention.ms",
                        "retention.bytes",
                        "segment.ms",
                        "delete.retention.ms",
                        "min.cleanable.dirty.ratio",
                        "min.compaction.lag.ms",
                        "max.compaction.lag.ms")
                .containsEntry("cleanup.policy", "delete")
                .containsEntry("retention.ms", "604800000")
                .containsEntry("segment.bytes", "1073741824");
    }

    @Test
    void shouldTakeOneCleanupPolicyOrBoth() {
        assertThat(cleanup("cleanup.policy", "compact"))
                .matches(CleanupConfig::compacted)
                .matches(config -> !config.deleted());
        assertThat(cleanup("cleanup.policy", "compact,delete"))
                .matches(CleanupConfig::compacted)
                .matches(CleanupConfig::deleted);
        for (String wrong : new String[] {"", "archive", "compact,archive"}) {
            assertThatThrownBy(() -> cleanup("cleanup.policy", wrong))
                    .isInstanceOf(ConfigException.class)
                    .hasMessageContaining("cleanup.policy");
        }
    }

    @Test
    void shouldRefuseLimitsThatMakeNoSense() {
        assertThatThrownBy(() -> cleanup("retention.ms", "-2")).hasMessageContaining("at least -1");
        assertThatThrownBy(() -> cleanup("segment.ms", "0")).hasMessageContaining("at least 1");
        assertThatThrownBy(() -> cleanup("min.cleanable.dirty.ratio", "1.1")).hasMessageContaining("from 0.0 to 1.0");
        assertThatThrownBy(() ->
                        TopicConfig.parse(Map.of("min.compaction.lag.ms", "20", "max.compaction.lag.ms", "10"), 4096))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("max.compaction.lag.ms")
                .hasMessageContaining("min.compaction.lag.ms");
    }

    private static CleanupConfig cleanup(String key, String value) {
        return TopicConfig.parse(Map.of(key, value), 4096).cleanup();
    }
}
