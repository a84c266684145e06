package io.tailrace.log.api;

import io.tailrace.common.TopicPartition;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads records of partitions in order, each from a position of its own.
 *
 * <p>Either {@link #subscribe} to topics as a member of a group, which divides the partitions between its members, or
 * {@link #assign} partitions by hand; not both. A partition starts at the group's committed offset; without one, at what
 * {@link ConsumerConfig#autoOffsetReset} says. Nothing is committed unless {@link #commitSync} or {@link #commitAsync} is called,
 * or {@link ConsumerConfig#autoCommitInterval} is set.
 *
 * <p><b>Threads:</b> one at a time, checked; only {@link #wakeup} may be called from any thread.
 */
public interface Consumer<K, V> extends AutoCloseable {

    /**
     * Joins the group of the config as a subscriber of these topics, in place of those before; takes effect in the next {@link
     * #poll}. A topic that does not exist yet is taken when it is created. No topics is {@link #unsubscribe}.
     *
     * <p>The group's {@link Assignor} divides the partitions between the members. When the members, their subscriptions or the
     * topics change, only what moves is revoked, and its new owner gets it when the old one has given it up, in its next poll or by
     * closing. There are no heartbeats: a member that never polls again keeps what it owns, and only that, from the others.
     *
     * @throws io.tailrace.common.errors.InvalidGroupIdException when the config has no group id
     * @throws IllegalStateException when partitions are assigned by hand
     */
    void subscribe(Collection<String> topics);

    /** As {@link #subscribe(Collection)}, told about every partition that comes and goes. */
    void subscribe(Collection<String> topics, ConsumerRebalanceListener listener);

    /**
     * As {@link #subscribe(Collection)}, to all topics whose whole name matches, now and whenever topics come and go. Internal
     * topics never match.
     */
    void subscribe(Pattern pattern);

    /** As {@link #subscribe(Pattern)}, told about every partition that comes and goes. */
    void subscribe(Pattern pattern, ConsumerRebalanceListener listener);

    /**
     * Takes exactly these partitions, without any group membership. Positions of partitions that stay are kept.
     *
     * @throws io.tailrace.common.errors.UnknownTopicOrPartitionException when there is no such topic or partition
     * @throws IllegalStateException when subscribed
     */
    void assign(Collection<TopicPartition> partitions);

    /** Gives up all partitions and leaves the group. */
    void unsubscribe();

    /** The topics subscribed to; of a pattern, those that match now. */
    Set<String> subscription();

    /** The partitions held now. */
    Set<TopicPartition> assignment();

    /**
     * Returns records, at most {@link ConsumerConfig#maxPollRecords()}; waits up to {@code timeout} for the first one
     * without using the CPU. Positions move past what is returned. As in Kafka, it also returns, with nothing, when positions
     * have moved past what no consumer sees: ends of transactions, and for readers of committed data what was aborted.
     *
     * <p>A failure of one partition never costs records of another: what was found before it is returned, and the failure is
     * thrown by the next call.
     *
     * @throws io.tailrace.common.errors.WakeupException when {@link #wakeup} was called
     * @throws io.tailrace.common.errors.InterruptException when the thread was interrupted while it waited
     * @throws io.tailrace.common.errors.UnknownTopicOrPartitionException when the topic of an assigned partition was deleted; one
     *     that is subscribed to is just revoked
     * @throws io.tailrace.common.errors.LogClosedException when the consumer or the log is closed
     * @throws io.tailrace.common.errors.FencedInstanceIdException when another consumer has joined with this one's group instance
     *     id; by every call until {@link #unsubscribe}
     * @throws io.tailrace.common.errors.InconsistentGroupProtocolException when the group's members have no assignor in common
     *     with this one
     * @throws io.tailrace.common.errors.OffsetOutOfRangeException when a position is outside of the partition and the
     *     reset policy is {@link OffsetResetPolicy#NONE}
     * @throws io.tailrace.common.errors.NoOffsetForPartitionException when there is no committed offset and the policy is NONE
     * @throws io.tailrace.common.errors.SerializationException when a record does not deserialize; the position stays at
     *     that record, {@link #seek} past it to go on
     */
    ConsumerRecords<K, V> poll(Duration timeout);

    /** The offset of the next record that {@link #poll} will return. */
    long position(TopicPartition partition);

    /** The next {@link #poll} begins there; whether the offset exists shows then. */
    void seek(TopicPartition partition, long offset);

    /** To the first record that is there now; all partitions held, when none are given. */
    void seekToBeginning(Collection<TopicPartition> partitions);

    /** Behind the last record that is there now; all partitions held, when none are given. */
    void seekToEnd(Collection<TopicPartition> partitions);

    /** Commits the positions of all partitions held. */
    void commitSync();

    /**
     * Commits these offsets for the group; survives a crash when it returns.
     *
     * <p>A subscribed consumer commits for partitions it holds; one without membership only while the group has no members.
     *
     * @throws io.tailrace.common.errors.CommitFailedException when a partition belongs to another member, or to nobody; nothing
     *     was committed
     * @throws io.tailrace.common.errors.UnknownTopicOrPartitionException when a partition does not exist
     * @throws io.tailrace.common.errors.InvalidGroupIdException when the config has no group id
     */
    void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets);

    /** As {@link #commitAsync(OffsetCommitCallback)}; a failure is logged. */
    void commitAsync();

    /** As {@link #commitAsync(Map, OffsetCommitCallback)}, the positions of all partitions held. */
    void commitAsync(OffsetCommitCallback callback);

    /**
     * Commits, and tells the outcome, also a failure, to {@code callback}: in the next {@link #poll}, {@link #commitSync} or
     * {@link #close}, in the order of the commits.
     */
    void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback);

    /** Committed offsets of the group; partitions without one are left out. */
    Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions);

    /**
     * This consumer as a member of its group, now: to be asked for again before each use.
     *
     * @throws io.tailrace.common.errors.InvalidGroupIdException when the config has no group id
     */
    ConsumerGroupMetadata groupMetadata();

    /** Records between the position and the log end; empty before the position is known. */
    OptionalLong currentLag(TopicPartition partition);

    Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions);

    Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions);

    /**
     * The first record whose timestamp is at or behind the given one, in milliseconds since 1970, by partition; those where all
     * are older are left out.
     */
    Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> timestampsToSearch);

    /** The partitions of all topics, internal ones included, by name. */
    Map<String, List<TopicPartition>> listTopics();

    /** @throws io.tailrace.common.errors.UnknownTopicOrPartitionException when there is no such topic */
    List<TopicPartition> partitionsFor(String topic);

    /** {@link #poll} returns nothing of these partitions until {@link #resume}. */
    void pause(Collection<TopicPartition> partitions);

    void resume(Collection<TopicPartition> partitions);

    Set<TopicPartition> paused();

    /** Makes the poll that waits now, or the next one, throw a WakeupException. Any thread. */
    void wakeup();

    /**
     * Leaves the group and frees everything; commits only what {@link ConsumerConfig#autoCommitInterval} asks for. A static member
     * may come back until its session times out. The deserializers stay the caller's. A second call does nothing.
     */
    @Override
    void close();
}
