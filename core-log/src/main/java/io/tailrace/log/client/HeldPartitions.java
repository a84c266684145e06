package io.tailrace.log.client;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.OffsetOutOfRangeException;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.ConsumerRecords;
import io.tailrace.log.api.OffsetAndMetadata;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The partitions a consumer holds, each with its position; takes records from them in turn.
 *
 * <p>Only partitions that may have records stand in the line. One that has none leaves it and comes back when something is
 * appended, so a poll costs what is there to be read, not what is held.
 *
 * <p><b>Owner:</b> the consumer's thread.
 */
final class HeldPartitions<K, V> {
    /**
     * Bytes read ahead of one partition, fewer when very many are held. What was read is decoded while the processor's cache still
     * has it; and the buffer is no large object, which the garbage collector would treat apart.
     */
    private static final int MAX_READ_BYTES = 256 * 1024;

    private static final int MIN_READ_BYTES = 64 * 1024;
    private static final int READ_BYTES_OF_ALL = 16 * 1024 * 1024;

    private final Topics topics;
    private final StartPositions starts;
    private final ConsumerConfig config;
    private final RecordDecoder<K, V> decoder;
    private final Signal signal;
    private final Map<TopicPartition, Turn> held = new TreeMap<>();
    private final ArrayDeque<Turn> line = new ArrayDeque<>();
    private final Queue<Turn> arrivals = new ConcurrentLinkedQueue<>(); // any thread
    private long moves;
    private long passes;

    HeldPartitions(
            Topics topics, StartPositions starts, ConsumerConfig config, RecordDecoder<K, V> decoder, Signal signal) {
        this.topics = topics;
        this.starts = starts;
        this.config = config;
        this.decoder = decoder;
        this.signal = signal;
    }

    Set<TopicPartition> partitions() {
        return new TreeSet<>(held.keySet());
    }

    boolean isLogOpen() {
        return !topics.isClosed();
    }

    private Turn get(TopicPartition partition) {
        Turn turn = held.get(partition);
        if (turn == null) {
            throw new IllegalStateException(
                    "partition " + partition + " is not assigned to this consumer, assigned are " + held.keySet());
        }
        return turn;
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
            return topic != null && topic == get(partition).cursor().topic(); // else deleted and created again since
        });
        drop(gone);
        wanted.forEach((partition, topic) -> {
            if (!held.containsKey(partition)) {
                add(partition, topic);
            }
        });
    }

    /** Partitions of a topic that was deleted meanwhile are left out. */
    void add(Set<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Topic topic = topics.find(partition.topic());
            if (topic != null) {
                add(partition, topic);
            }
        }
    }

    private void add(TopicPartition partition, Topic topic) {
        Turn turn =
                new Turn(new PartitionCursor(topic, partition.partition(), config.isolationLevel()), arrivals, signal);
        held.put(partition, turn);
        topic.addWaiter(partition.partition(), turn);
        lineUp(turn);
    }

    void drop(Set<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Turn turn = held.remove(partition);
            if (turn != null) {
                turn.dropped = true;
                turn.cursor().topic().removeWaiter(partition.partition(), turn);
            }
        }
    }

    private void lineUp(Turn turn) {
        if (!turn.inLine && !turn.dropped) {
            turn.inLine = true;
            line.add(turn);
        }
    }

    void pause(Collection<TopicPartition> partitions) {
        partitions.forEach(partition -> get(partition).cursor().setPaused(true));
    }

    void resume(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions) {
            Turn turn = get(partition);
            turn.cursor().setPaused(false);
            lineUp(turn);
        }
    }

    Set<TopicPartition> paused() {
        Set<TopicPartition> paused = new TreeSet<>();
        held.forEach((partition, turn) -> {
            if (turn.cursor().isPaused()) {
                paused.add(partition);
            }
        });
        return paused;
    }

    void seek(TopicPartition partition, long offset) {
        Turn turn = get(partition);
        turn.cursor().seek(offset);
        moves++;
        lineUp(turn);
    }

    /** All partitions held, when none are given. */
    void seekToBeginning(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions.isEmpty() ? partitions() : partitions) {
            seek(partition, get(partition).cursor().startOffset());
        }
    }

    /** All partitions held, when none are given. */
    void seekToEnd(Collection<TopicPartition> partitions) {
        for (TopicPartition partition : partitions.isEmpty() ? partitions() : partitions) {
            seek(partition, get(partition).cursor().endOffset());
        }
    }

    /** Grows whenever {@link #positions} may have changed. */
    long moves() {
        return moves;
    }

    /** Grows whenever a {@link #fetch} has found nothing but markers or aborted records, behind which the position is now. */
    long passes() {
        return passes;
    }

    /** What a commit of everything would store; partitions that were not read yet have no position and are left out. */
    Map<TopicPartition, OffsetAndMetadata> positions() {
        Map<TopicPartition, OffsetAndMetadata> positions = new TreeMap<>();
        held.forEach((partition, turn) -> {
            if (turn.cursor().hasPosition()) {
                positions.put(partition, new OffsetAndMetadata(turn.cursor().position()));
            }
        });
        return positions;
    }

    long position(TopicPartition partition) {
        PartitionCursor cursor = get(partition).cursor();
        topics.checkOpen();
        findPosition(cursor);
        return cursor.position();
    }

    /** Records behind the position; empty before the position is known. */
    OptionalLong lag(TopicPartition partition) {
        PartitionCursor cursor = get(partition).cursor();
        return cursor.hasPosition()
                ? OptionalLong.of(Math.max(0, cursor.endOffset() - cursor.position()))
                : OptionalLong.empty();
    }

    /**
     * Takes what is there, up to the limit of one poll. A partition that had its turn goes to the end of the line. A failure is
     * thrown only when there is nothing to return; else by the next call, which begins with the partition that failed.
     */
    ConsumerRecords<K, V> fetch() {
        for (Turn arrived = arrivals.poll(); arrived != null; arrived = arrivals.poll()) {
            lineUp(arrived);
        }
        Map<TopicPartition, List<ConsumerRecord<K, V>>> taken = new LinkedHashMap<>();
        int left = config.maxPollRecords();
        boolean failed = false;
        for (int turns = line.size(); turns > 0 && left > 0 && !failed; turns--) {
            Turn turn = line.element();
            boolean stays = false;
            if (!turn.dropped && !turn.cursor().isPaused()) {
                List<ConsumerRecord<K, V>> records = new ArrayList<>();
                try {
                    stays = !starts.isCertain(turn.cursor(), signal);
                    if (!stays) {
                        take(turn.cursor(), left, records);
                        stays = records.size() == left || !turn.rest();
                    }
                } catch (RuntimeException e) {
                    if (taken.isEmpty() && records.isEmpty()) {
                        throw e;
                    }
                    failed = true; // its position is at what failed, so it fails again then, and alone
                }
                if (!records.isEmpty()) {
                    taken.put(turn.cursor().topicPartition(), records);
                    left -= records.size();
                    moves++;
                }
            }
            if (!failed) {
                line.remove();
                turn.inLine = false;
                if (stays) {
                    lineUp(turn);
                }
            }
        }
        return taken.isEmpty() ? ConsumerRecords.empty() : new ConsumerRecords<>(taken);
    }

    private void findPosition(PartitionCursor cursor) {
        if (!cursor.hasPosition()) {
            starts.find(cursor);
            moves++;
        }
    }

    private void take(PartitionCursor cursor, int limit, List<ConsumerRecord<K, V>> records) {
        findPosition(cursor);
        long before = cursor.position();
        int readBytes = Math.max(MIN_READ_BYTES, Math.min(MAX_READ_BYTES, READ_BYTES_OF_ALL / held.size()));
        while (records.size() < limit && find(cursor, readBytes)) {
            records.add(decoder.decode(cursor));
            cursor.consume();
        }
        if (records.isEmpty() && cursor.position() != before) {
            moves++;
            passes++;
        }
    }

    private boolean find(PartitionCursor cursor, int readBytes) {
        try {
            return cursor.find(readBytes);
        } catch (OffsetOutOfRangeException e) {
            starts.findAgain(cursor, e);
            moves++;
            return cursor.find(readBytes);
        }
    }
}
