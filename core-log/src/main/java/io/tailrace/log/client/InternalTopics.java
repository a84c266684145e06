package io.tailrace.log.client;

import io.tailrace.common.errors.InvalidTopicException;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.catalog.CleanupConfig;
import io.tailrace.log.catalog.TopicConfig;
import java.util.Map;
import java.util.Set;

/** The topics that the log keeps for itself, by Kafka's names: readable for everybody, written by the log only. */
final class InternalTopics {
    /** Committed offsets of groups. */
    static final String OFFSETS = "__consumer_offsets";

    /** States of transactions. */
    static final String TRANSACTIONS = "__transaction_state";

    private static final int SEGMENT_BYTES = 16 * 1024 * 1024;
    private static final Set<String> ALL = Set.of(OFFSETS, TRANSACTIONS);

    private InternalTopics() {}

    /**
     * One of them, to be created: the latest record of a key is all that counts, and is never too old. Small segments, because
     * opening a log reads what is not compacted yet.
     *
     * @param defaultSegmentBytes of other topics
     */
    static NewTopic newTopic(String name, int partitions, int defaultSegmentBytes) {
        return new NewTopic(
                name,
                partitions,
                Map.of(
                        CleanupConfig.CLEANUP_POLICY.name(),
                        "compact",
                        TopicConfig.SEGMENT_BYTES.name(),
                        Integer.toString(Math.min(SEGMENT_BYTES, defaultSegmentBytes))));
    }

    /**
     * Where the records of a group or a transactional id are, as in Kafka: by the absolute value of the hash code, and 0 for the
     * one number that has none.
     */
    static int partitionOf(String id, int partitions) {
        int hash = id.hashCode();
        return (hash == Integer.MIN_VALUE ? 0 : Math.abs(hash)) % partitions;
    }

    static boolean isInternal(String topic) {
        return ALL.contains(topic);
    }

    /**
     * @param action that only other topics allow, as what follows "cannot"
     * @throws InvalidTopicException when it is one of them
     */
    static void refuse(String topic, String action) {
        if (isInternal(topic)) {
            throw new InvalidTopicException(topic, "it belongs to the log and cannot " + action);
        }
    }
}
