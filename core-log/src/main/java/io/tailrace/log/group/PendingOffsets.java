package io.tailrace.log.group;

import io.tailrace.common.TopicPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Offsets that stand in the log and wait for the end of their transaction. As in Kafka, the order of the log decides: when a
 * later record of the same group and partition has taken effect, an earlier one that is committed behind it changes nothing.
 *
 * <p><b>Owner:</b> {@link GroupCoordinator}.
 */
final class PendingOffsets {
    private record Key(String group, TopicPartition partition) {}

    private record Entry(OffsetRecord offset, long order) {}

    private final Map<Long, Map<Key, Entry>> byProducer = new HashMap<>();
    private long lastOrder;

    /** Stored in the transaction of a producer. */
    void add(long producerId, OffsetRecord stored) {
        byProducer
                .computeIfAbsent(producerId, id -> new LinkedHashMap<>())
                .put(new Key(stored.group(), stored.partition()), new Entry(stored, ++lastOrder));
    }

    /** What the transaction of a producer has stored and no later record has overtaken; forgotten here. */
    List<OffsetRecord> end(long producerId) {
        Map<Key, Entry> ended = byProducer.remove(producerId);
        if (ended == null) {
            return List.of();
        }
        List<OffsetRecord> offsets = new ArrayList<>();
        ended.forEach((key, entry) -> {
            overtake(key, entry.order());
            offsets.add(entry.offset());
        });
        return offsets;
    }

    /** A record without a transaction was stored, which is later than all that wait. */
    void overtake(OffsetRecord stored) {
        if (!byProducer.isEmpty()) {
            overtake(new Key(stored.group(), stored.partition()), lastOrder);
        }
    }

    private void overtake(Key key, long order) {
        for (Map<Key, Entry> waiting : byProducer.values()) {
            Entry entry = waiting.get(key);
            if (entry != null && entry.order() <= order) {
                waiting.remove(key);
            }
        }
    }

    /** Whether something waits for this partition of the group. */
    boolean contains(String group, TopicPartition partition) {
        Key key = new Key(group, partition);
        return byProducer.values().stream().anyMatch(waiting -> waiting.containsKey(key));
    }

    /** The partitions of a group that something waits for. */
    Set<TopicPartition> partitions(String group) {
        Set<TopicPartition> partitions = new TreeSet<>();
        all().stream()
                .filter(offset -> offset.group().equals(group))
                .forEach(offset -> partitions.add(offset.partition()));
        return partitions;
    }

    /** Everything that waits. */
    List<OffsetRecord> all() {
        return byProducer.values().stream()
                .flatMap(waiting -> waiting.values().stream())
                .map(Entry::offset)
                .toList();
    }
}
