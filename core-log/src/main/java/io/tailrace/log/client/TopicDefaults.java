package io.tailrace.log.client;

import io.tailrace.log.api.Durability;
import io.tailrace.log.api.MaintenanceConfig;

/**
 * How topics are made when nobody says how, and what goes for all of them.
 *
 * @param autoCreate whether sending to a topic that does not exist creates it
 * @param partitions of such a topic
 * @param segmentBytes of every topic that does not set {@code segment.bytes}
 * @param durability of every topic
 * @param recoveryThreads that check partitions side by side after a crash
 * @param maintenance how old records are deleted and compacted
 */
public record TopicDefaults(
        boolean autoCreate,
        int partitions,
        int segmentBytes,
        Durability durability,
        int recoveryThreads,
        MaintenanceConfig maintenance) {}
