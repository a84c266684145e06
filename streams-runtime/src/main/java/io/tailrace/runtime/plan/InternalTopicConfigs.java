package io.tailrace.runtime.plan;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * The configs of internal topics, as Kafka Streams sets them. What the application sets for all of them overrides these, and what
 * it sets for one store overrides that.
 */
final class InternalTopicConfigs {
    private static final String CLEANUP_POLICY = "cleanup.policy";
    private static final String RETENTION_MS = "retention.ms";
    private static final String MIN_COMPACTION_LAG_MS = "min.compaction.lag.ms";

    /** A changelog is kept for so much longer than its windows, because timestamps and the clock need not agree. */
    private static final long ADDITIONAL_RETENTION_MS = TimeUnit.DAYS.toMillis(1);

    private InternalTopicConfigs() {}

    /** Records of a repartition topic stay until they have been processed, however old they are. */
    static Map<String, String> repartition(Map<String, String> forAll) {
        Map<String, String> configs = new LinkedHashMap<>();
        configs.put(CLEANUP_POLICY, "delete");
        configs.put(RETENTION_MS, "-1");
        configs.putAll(forAll);
        return configs;
    }

    /**
     * A changelog has the last value of each key; of windows, only as long as the store has them; of versions, all that the
     * store can still be asked for, which compaction would merge.
     *
     * @param retentionMs of the store; empty when it is not of windows
     * @param historyRetentionMs of the store; empty when it is not of versions
     */
    static Map<String, String> changelog(
            OptionalLong retentionMs,
            OptionalLong historyRetentionMs,
            Map<String, String> forAll,
            Map<String, String> forStore) {
        Map<String, String> configs = new LinkedHashMap<>();
        if (retentionMs.isPresent()) {
            configs.put(CLEANUP_POLICY, "compact,delete");
            configs.put(RETENTION_MS, longerThan(retentionMs.getAsLong()));
        } else {
            configs.put(CLEANUP_POLICY, "compact");
        }
        historyRetentionMs.ifPresent(history -> configs.put(MIN_COMPACTION_LAG_MS, longerThan(history)));
        configs.putAll(forAll);
        configs.putAll(forStore);
        return configs;
    }

    private static String longerThan(long storeMs) {
        long kept = storeMs + ADDITIONAL_RETENTION_MS;
        return Long.toString(kept < 0 ? Long.MAX_VALUE : kept);
    }
}
