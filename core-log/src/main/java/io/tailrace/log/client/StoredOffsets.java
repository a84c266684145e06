package io.tailrace.log.client;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.catalog.OffsetCheckpoint;
import io.tailrace.log.storage.Storage;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * One offset for each of some partitions, in a checkpoint file: every change survives a power loss when the call returns.
 *
 * <p><b>Threads:</b> any.
 */
final class StoredOffsets {
    /** There is no offset for a partition. */
    static final long NONE = -1;

    private final OffsetCheckpoint file;
    private final Map<TopicPartition, Long> offsets; // guarded by this

    private StoredOffsets(OffsetCheckpoint file) {
        this.file = file;
        this.offsets = new TreeMap<>(file.read());
    }

    /** @param exists topics of other names are forgotten: they were deleted */
    static StoredOffsets open(Storage storage, String fileName, Predicate<String> exists) {
        StoredOffsets stored = new StoredOffsets(new OffsetCheckpoint(storage, fileName));
        stored.forget(topic -> !exists.test(topic));
        return stored;
    }

    synchronized long get(TopicPartition partition) {
        return offsets.getOrDefault(partition, NONE);
    }

    synchronized void put(TopicPartition partition, long offset) {
        Long before = offsets.put(partition, offset);
        if (before == null || before != offset) {
            file.write(offsets);
        }
    }

    /** Must be called when a topic is deleted: another may get its name. */
    synchronized void forget(Predicate<String> topics) {
        if (offsets.keySet().removeIf(partition -> topics.test(partition.topic()))) {
            file.write(offsets);
        }
    }
}
