package io.tailrace.log.api;

import io.tailrace.common.TopicPartition;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Reads records of partitions in order, each from a position of its own.
 *
 * <p>Either {@link #subscribe} to topics as a member of a group, which divides the partitions between its members, or
 * {@link #assign} partitions by hand; not both. A partition starts at the group's committed offset; without one, at what
 * {@link ConsumerConfig#autoOffsetReset} says. Nothing is committed unless {@link #commitSync} is called: there is no
 * automatic commit.
 *
 * <p><b>Threads:</b> one at a time, checked; only {@link #wakeup} may be called from any thread.
 */
public interface Consumer<K, V> extends AutoCloseable {

    /** Joins the group of the config as a subscriber of these topics; takes effect in the next {@link #poll}. */
    void subscribe(Collection<String> topics);

    /** As {@link #subscribe(Collection)}, told about every partition that comes and goes. */
    void subscribe(Collection<String> topics, ConsumerRebalanceListener listener);

    /** Takes exactly these partitions, without any group membership. Positions of partitions that stay are kept. */
    void assign(Collection<TopicPartition> partitions);

    /** Gives up all partitions and leaves the group. */
    void unsubscribe();

    /** The topics subscribed to. */
    Set<String> subscription();

    /** The partitions held now. */
    Set<TopicPartition> assignment();

    /**
     * Returns records, at most {@link ConsumerConfig#maxPollRecords()}; waits up to {@code timeout} for the first one
     * without using the CPU. Positions move past what is returned.
     *
     * @throws io.tailrace.common.errors.WakeupException when {@link #wakeup} was called
     * @throws io.tailrace.common.errors.OffsetOutOfRangeException when a position is outside of the partition and the
     *     reset policy is {@link OffsetResetPolicy#NONE}
     * @throws io.tailrace.common.errors.NoOffsetForPartitionException when there is no committed offset and the policy is NONE
     * @throws io.tailrace.common.errors.SerializationException when a record does not deserialize; the position stays at
     *     that record, {@link #seek} past it to go on
     */
    ConsumerRecords<K, V> poll(Duration timeout);

    /** The offset of the next record that {@link #poll} will return. */
    long position(TopicPartition partition);

    void seek(TopicPartition partition, long offset);

    void seekToBeginning(Collection<TopicPartition> partitions);

    void seekToEnd(Collection<TopicPartition> partitions);

    /** Commits the positions of all partitions held. */
    void commitSync();

    /**
     * Commits these offsets for the group; survives a crash when it returns.
     *
     * @throws io.tailrace.common.errors.CommitFailedException when the partitions now belong to another member
     */
    void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets);

    /** Committed offsets of the group; partitions without one are left out. */
    Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions);

    /** Records between the position and the log end; empty before the position is known. */
    OptionalLong currentLag(TopicPartition partition);

    Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions);

    Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions);

    /** {@link #poll} returns nothing of these partitions until {@link #resume}. */
    void pause(Collection<TopicPartition> partitions);

    void resume(Collection<TopicPartition> partitions);

    Set<TopicPartition> paused();

    /** Makes the poll that waits now, or the next one, throw a WakeupException. Any thread. */
    void wakeup();

    /** Leaves the group and frees everything. A second call does nothing. */
    @Override
    void close();
}
