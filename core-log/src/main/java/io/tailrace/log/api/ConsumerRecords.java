package io.tailrace.log.api;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TopicPartition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What one poll returned, by partition, each partition in offset order. Immutable. */
public final class ConsumerRecords<K, V> implements Iterable<ConsumerRecord<K, V>> {

    private final Map<TopicPartition, List<ConsumerRecord<K, V>>> byPartition;
    private final int count;

    /**
     * @param byPartition handed over: neither the map nor its lists may be changed afterwards; no list is empty
     */
    public ConsumerRecords(Map<TopicPartition, List<ConsumerRecord<K, V>>> byPartition) {
        this.byPartition = Collections.unmodifiableMap(byPartition);
        int sum = 0;
        for (List<ConsumerRecord<K, V>> records : byPartition.values()) {
            sum += records.size();
        }
        this.count = sum;
    }

    /** No records. */
    public static <K, V> ConsumerRecords<K, V> empty() {
        return new ConsumerRecords<>(new LinkedHashMap<>());
    }

    public int count() {
        return count;
    }

    public boolean isEmpty() {
        return count == 0;
    }

    /** The partitions that have records. */
    public Set<TopicPartition> partitions() {
        return byPartition.keySet();
    }

    /** The records of one partition, empty when it has none. */
    public List<ConsumerRecord<K, V>> records(TopicPartition partition) {
        return Collections.unmodifiableList(byPartition.getOrDefault(partition, List.of()));
    }

    /** All records, partition after partition. */
    @Override
    public Iterator<ConsumerRecord<K, V>> iterator() {
        List<ConsumerRecord<K, V>> all = new ArrayList<>(count);
        byPartition.values().forEach(all::addAll);
        return Collections.unmodifiableList(all).iterator();
    }
}
