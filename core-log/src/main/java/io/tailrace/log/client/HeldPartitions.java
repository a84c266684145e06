package io.tailrace.log.client;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.NoOffsetForPartitionException;
import io.tailrace.common.errors.OffsetOutOfRangeException;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.ConsumerRecords;
import io.tailrace.log.api.OffsetAndMetadata;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The partitions a consumer holds, each with its position; takes records from them in turn.
 *
 * <p><b>Owner:</b> the consumer's thread.
 */
final class HeldPartitions<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(HeldPartitions.class);

    /** Bytes read ahead of one partition, fewer when very many are held. */
    private static final int MAX_READ_BYTES = 1024 * 1024;

    private static final int MIN_READ_BYTES = 64 * 1024;
    private static final int READ_BYTES_OF_ALL = 16 * 1024 * 1024;

    private final Topics topics;
    private final Groups groups;
    private final ConsumerConfig config;
    private final RecordDecoder<K, V> decoder;
    private final Signal signal;
    private final Map<TopicPartition, PartitionCursor> cursors = new TreeMap<>();
    private List<PartitionCursor> inTurn = List.of();
    private int first;

    HeldPartitions(Topics topics, Groups groups, ConsumerConfig config, RecordDecoder<K, V> decoder, Signal signal) {
        this.topics = topics;
        this.groups = groups;
        this.config = config;
        this.decoder = decoder;
        this.signal = signal;
    }

    Set<TopicPartition> partitions() {
        return new TreeSet<>(cursors.keySet());
    }

    Set<TopicPartition> paused() {
        Set<TopicPartition> paused = new TreeSet<>();
        cursors.forEach((partition, cursor) -> {
            if (cursor.isPaused()) {
                paused.add(partition);
            }
        });
        return paused;
    }

    boolean isLogOpen() {
        return !topics.isClosed();
    }

    /** @throws IllegalStateException when the partition is not held */
    PartitionCursor get(TopicPartition partition) {
        PartitionCursor cursor = cursors.get(partition);
        if (cursor == null) {
            throw new IllegalStateException(
                    "partition " + partition + " is not assigned to this consumer, assigned are " + cursors.keySet());
        }
        return cursor;
    }

    /** Those partitions, all that are held when there are none. */
    List<PartitionCursor> select(Collection<TopicPartition> partitions) {
        return partitions.isEmpty()
                ? List.copyOf(cursors.values())
                : partitions.stream().map(this::get).toList();
    }

    /** Adds and drops until these are held; the positions of those that stay are kept. */
    void holdExactly(Set<TopicPartition> partitions) {
        Map<TopicPartition, Topic> wanted = new TreeMap<>();
        for (TopicPartition partition : partitions) {
            Topic topic = topics.get(partition.topic());
            topic.checkPartition(partition.partition());
            wanted.put(partition, topic);
        }
        Set<TopicPartition> gone = partitions();
        gone.removeIf(partition -> {
            Topic topic = wanted.get(partition);
            return topic != null && topic == get(partition).topic(); // else deleted and created again since
        });
        drop(gone);
        wanted.forEach((partition, topic) -> {
            if (!cursors.containsKey(partition)) {
                add(partition, topic);
            }
        });
        changed();
    }

    /** Partitions of a topic that was deleted meanwhile are left out. */
    void add(Set<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Topic topic = topics.find(partition.topic());
            if (topic != null) {
                add(partition, topic);
            }
        }
        changed();
    }

    private void add(TopicPartition partition, Topic topic) {
        topic.addWaiter(partition.partition(), signal);
        cursors.put(partition, new PartitionCursor(topic, partition.partition()));
    }

    void drop(Set<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            PartitionCursor cursor = cursors.remove(partition);
            if (cursor != null) {
                cursor.topic().removeWaiter(partition.partition(), signal);
            }
        }
        changed();
    }

    private void changed() {
        inTurn = List.copyOf(cursors.values());
        first = 0;
    }

    /** What a commit of everything would store; partitions that were not read yet have no position and are left out. */
    Map<TopicPartition, OffsetAndMetadata> positions() {
        Map<TopicPartition, OffsetAndMetadata> positions = new TreeMap<>();
        cursors.forEach((partition, cursor) -> {
            if (cursor.hasPosition()) {
                positions.put(partition, new OffsetAndMetadata(cursor.position()));
            }
        });
        return positions;
    }

    long position(TopicPartition partition) {
        PartitionCursor cursor = get(partition);
        topics.checkOpen();
        findPosition(cursor);
        return cursor.position();
    }

    /**
     * Takes what is there, up to the limit of one poll. Every call begins with another partition. A failure is thrown only when
     * there is nothing to return; else by the next call, which begins with the partition that failed.
     */
    ConsumerRecords<K, V> fetch() {
        int partitions = inTurn.size();
        if (partitions == 0) {
            return ConsumerRecords.empty();
        }
        Map<TopicPartition, List<ConsumerRecord<K, V>>> taken = new LinkedHashMap<>();
        int left = config.maxPollRecords();
        int begin = first;
        first = (begin + 1) % partitions;
        for (int i = 0; i < partitions && left > 0; i++) {
            int turn = (begin + i) % partitions;
            PartitionCursor cursor = inTurn.get(turn);
            if (cursor.isPaused()) {
                continue;
            }
            List<ConsumerRecord<K, V>> records = new ArrayList<>();
            try {
                take(cursor, left, records);
            } catch (RuntimeException e) {
                if (taken.isEmpty() && records.isEmpty()) {
                    throw e;
                }
                first = turn; // its position is at what failed, so it fails again then, and alone
                left = 0;
            }
            if (!records.isEmpty()) {
                taken.put(cursor.topicPartition(), records);
                left -= records.size();
            }
        }
        return new ConsumerRecords<>(taken);
    }

    private void take(PartitionCursor cursor, int limit, List<ConsumerRecord<K, V>> records) {
        findPosition(cursor);
        int readBytes = Math.max(MIN_READ_BYTES, Math.min(MAX_READ_BYTES, READ_BYTES_OF_ALL / cursors.size()));
        while (records.size() < limit && find(cursor, readBytes)) {
            records.add(decoder.decode(cursor));
            cursor.consume();
        }
    }

    private boolean find(PartitionCursor cursor, int readBytes) {
        try {
            return cursor.find(readBytes);
        } catch (OffsetOutOfRangeException e) {
            long position = cursor.position();
            switch (config.autoOffsetReset()) {
                case NONE -> throw e;
                case EARLIEST -> cursor.seek(cursor.startOffset());
                case LATEST -> cursor.seek(cursor.endOffset());
            }
            LOG.warn(
                    "{}: position {} does not exist any more, going on at {} ({})",
                    cursor.topicPartition(),
                    position,
                    cursor.position(),
                    config.autoOffsetReset());
            return cursor.find(readBytes);
        }
    }

    private void findPosition(PartitionCursor cursor) {
        if (cursor.hasPosition()) {
            return;
        }
        TopicPartition partition = cursor.topicPartition();
        OffsetAndMetadata committed = config.groupId()
                .map(group -> groups.committed(group).get(partition))
                .orElse(null);
        if (committed != null) {
            cursor.seek(committed.offset());
            return;
        }
        switch (config.autoOffsetReset()) {
            case NONE -> throw new NoOffsetForPartitionException(partition.topic(), partition.partition());
            case EARLIEST -> cursor.seek(cursor.startOffset());
            case LATEST -> cursor.seek(cursor.endOffset());
        }
    }
}
