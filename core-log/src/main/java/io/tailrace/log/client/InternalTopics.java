package io.tailrace.log.client;

import java.util.Set;

/** The topics that the log keeps for itself, by Kafka's names: readable for everybody, written by the log only. */
final class InternalTopics {
    /** Committed offsets of groups. */
    static final String OFFSETS = "__consumer_offsets";

    /** States of transactions. */
    static final String TRANSACTIONS = "__transaction_state";

    private static final Set<String> ALL = Set.of(OFFSETS, TRANSACTIONS);

    private InternalTopics() {}

    static boolean isInternal(String topic) {
        return ALL.contains(topic);
    }
}
