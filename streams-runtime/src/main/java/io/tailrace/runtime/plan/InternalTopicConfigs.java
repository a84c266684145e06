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
     * A changelog has the last value of each key; of windows, only as long as the store has them.
     *
     * @param retentionMs of the store; empty when it is not of windows
     */
    static Map<String, String> changelog(
            OptionalLong retentionMs, Map<String, String> forAll, Map<String, String> forStore) {
        Map<String, String> configs = new LinkedHashMap<>();
        if (retentionMs.isPresent()) {
            configs.put(CLEANUP_POLICY, "compact,delete");
            long kept = retentionMs.getAsLong() + ADDITIONAL_RETENTION_MS;
            configs.put(RETENTION_MS, Long.toString(kept < 0 ? Long.MAX_VALUE : kept));
        } else {
            configs.put(CLEANUP_POLICY, "compact");
        }
        configs.putAll(forAll);
        configs.putAll(forStore);
        return configs;
    }
}
