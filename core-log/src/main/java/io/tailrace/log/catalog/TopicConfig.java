package io.tailrace.log.catalog;

import io.tailrace.common.config.ConfigCheck;
import io.tailrace.common.config.ConfigException;
import io.tailrace.common.config.ConfigKey;
import io.tailrace.common.config.ConfigSchema;
import io.tailrace.common.config.ConfigValues;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The configs of one topic, by Kafka's names.
 *
 * @param segmentBytes size of a segment file at which the next one is begun
 * @param indexIntervalBytes bytes of records between two entries of the offset index
 * @param maxMessageBytes largest record batch
 * @param cleanup what of it is kept, and for how long
 */
public record TopicConfig(int segmentBytes, int indexIntervalBytes, int maxMessageBytes, CleanupConfig cleanup) {

    private static final int MIN_SEGMENT_BYTES = 1024;
    private static final int MIN_MESSAGE_BYTES = 1024;

    public static final ConfigKey<Integer> SEGMENT_BYTES = ConfigKey.intNumber("segment.bytes")
            .defaultTo(1 << 30)
            .check(ConfigCheck.atLeast(MIN_SEGMENT_BYTES))
            .doc("size in bytes of a segment file at which the next one is begun");

    public static final ConfigKey<Integer> INDEX_INTERVAL_BYTES = ConfigKey.intNumber("index.interval.bytes")
            .defaultTo(4096)
            .check(ConfigCheck.atLeast(1))
            .doc(
                    "bytes of records between two entries of the offset index; fewer make reads of single offsets faster and"
                            + " the index larger");

    public static final ConfigKey<Integer> MAX_MESSAGE_BYTES = ConfigKey.intNumber("max.message.bytes")
            .defaultTo(1024 * 1024 + 12)
            .check(ConfigCheck.atLeast(MIN_MESSAGE_BYTES))
            .doc("largest record batch in bytes that the topic accepts");

    /** Every config that a topic can have. */
    public static final ConfigSchema SCHEMA = ConfigSchema.of(Stream.concat(
                    Stream.of(SEGMENT_BYTES, INDEX_INTERVAL_BYTES, MAX_MESSAGE_BYTES), CleanupConfig.KEYS.stream())
            .toArray(ConfigKey<?>[]::new));

    /** What a topic has that sets nothing. */
    public static final TopicConfig DEFAULT =
            parse(Map.of(), SEGMENT_BYTES.defaultValue().orElseThrow());

    /**
     * Reads the configs that a topic sets.
     *
     * @param defaultSegmentBytes the log's own default
     * @throws ConfigException when a key does not exist or a value is not valid
     */
    public static TopicConfig parse(Map<String, String> configs, int defaultSegmentBytes) {
        configs.keySet().forEach(TopicConfig::checkName);
        ConfigValues values = SCHEMA.parse(configs);
        return new TopicConfig(
                values.isSet(SEGMENT_BYTES) ? values.get(SEGMENT_BYTES) : defaultSegmentBytes,
                values.get(INDEX_INTERVAL_BYTES),
                values.get(MAX_MESSAGE_BYTES),
                CleanupConfig.of(values));
    }

    /** @throws ConfigException when there is no topic config of that name; lists those that exist */
    public static void checkName(String name) {
        if (SCHEMA.find(name).isEmpty()) {
            throw new ConfigException("topic config '" + name + "' is unknown; topic configs are "
                    + SCHEMA.keys().stream().map(ConfigKey::name).collect(Collectors.joining(", ")));
        }
    }

    /** Every config with its value, by name. */
    public Map<String, String> toMap() {
        Map<String, String> map = new TreeMap<>();
        map.put(SEGMENT_BYTES.name(), Integer.toString(segmentBytes));
        map.put(INDEX_INTERVAL_BYTES.name(), Integer.toString(indexIntervalBytes));
        map.put(MAX_MESSAGE_BYTES.name(), Integer.toString(maxMessageBytes));
        cleanup.addTo(map);
        return map;
    }
}
