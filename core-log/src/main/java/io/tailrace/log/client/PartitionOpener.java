package io.tailrace.log.client;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Durability;
import io.tailrace.log.catalog.TopicConfig;
import io.tailrace.log.partition.Partition;
import io.tailrace.log.partition.PartitionConfig;
import io.tailrace.log.storage.Storage;

/**
 * Opens partitions with what all of a log have in common.
 *
 * <p><b>Threads:</b> any.
 */
final class PartitionOpener {
    private static final String LOG_SUFFIX = ".log";

    private final Storage storage;
    private final Durability durability;
    private final RecoveryPoints points;
    private final RecoveryLog recoveryLog;
    private final Flusher flusher;
    private final Maintenance maintenance;

    PartitionOpener(
            Storage storage,
            Durability durability,
            RecoveryPoints points,
            RecoveryLog recoveryLog,
            Flusher flusher,
            Maintenance maintenance) {
        this.storage = storage;
        this.durability = durability;
        this.points = points;
        this.recoveryLog = recoveryLog;
        this.flusher = flusher;
        this.maintenance = maintenance;
    }

    /** @param directory path in the storage */
    Partition open(String directory, TopicPartition topicPartition, TopicConfig config) {
        Partition partition = Partition.open(
                storage, directory, topicPartition, config(config), points.of(topicPartition), recoveryLog);
        maintenance.opened(partition);
        points.opened(partition);
        flusher.watch(partition);
        return partition;
    }

    /** Gives a partition that is open other configs; segments keep what they were begun with. */
    void configure(Partition partition, TopicConfig config) {
        partition.configure(config(config));
    }

    /** What a partition needs to know of the configs of its topic. */
    private PartitionConfig config(TopicConfig config) {
        return new PartitionConfig(
                config.segmentBytes(),
                config.indexIntervalBytes(),
                config.maxMessageBytes(),
                config.cleanup().compacted(),
                durability);
    }

    /** Of the segments of a partition that is not open. */
    long sizeInBytes(String directory) {
        if (!storage.exists(directory)) {
            return 0;
        }
        return storage.list(directory).stream()
                .filter(name -> name.endsWith(LOG_SUFFIX))
                .mapToLong(name -> storage.size(directory + "/" + name))
                .sum();
    }

    /** Whether the partition was ever used. */
    boolean exists(String directory) {
        return storage.exists(directory);
    }
}
