package io.tailrace.log.api;

import io.tailrace.common.TopicPartition;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Creates, changes and describes topics, consumer groups and transactions.
 *
 * <p><b>Threads:</b> any. Every call is done when it returns: what it changed survives a crash of the process.
 */
public interface Admin {

    /**
     * Creates a topic.
     *
     * @throws io.tailrace.common.errors.TopicExistsException when there is one of that name
     * @throws io.tailrace.common.errors.InvalidTopicException when the name is not a legal topic name
     * @throws io.tailrace.common.config.ConfigException when a config key is unknown or its value wrong
     */
    void createTopic(NewTopic topic);

    /**
     * Deletes a topic with its records and all offsets committed for it. A topic that is created later under the same name
     * begins empty.
     *
     * @throws io.tailrace.common.errors.InvalidTopicException for {@code __consumer_offsets}, which belongs to the log
     * @throws io.tailrace.common.errors.UnknownTopicOrPartitionException when there is none
     */
    void deleteTopic(String topic);

    /**
     * Gives a topic more partitions. Producers and consumers that are open notice at once; as in Kafka, records without a partition
     * of their own are divided anew, so a key may go to another partition from then on.
     *
     * @param totalCount how many it is to have
     * @throws io.tailrace.common.errors.InvalidPartitionsException when it has as many or more
     * @throws io.tailrace.common.errors.InvalidTopicException for an internal topic
     * @throws io.tailrace.common.errors.UnknownTopicOrPartitionException when there is no such topic
     */
    void createPartitions(String topic, int totalCount);

    /**
     * Every config that a topic can have, with the value that applies to this one and who has set it, sorted by name.
     *
     * @throws io.tailrace.common.errors.UnknownTopicOrPartitionException when there is no such topic
     */
    List<ConfigEntry> describeConfigs(String topic);

    /**
     * Sets configs of a topic, or gives them their default back; all of them, or none when one is wrong. They are in effect when
     * this returns, except that a segment keeps what it was begun with, and an open producer the size of its batches.
     *
     * @throws io.tailrace.common.config.ConfigException when a key is unknown or its value wrong
     * @throws io.tailrace.common.errors.InvalidTopicException for an internal topic
     * @throws io.tailrace.common.errors.UnknownTopicOrPartitionException when there is no such topic
     */
    void alterConfigs(String topic, Collection<AlterConfigOp> changes);

    /** How much every partition takes of the directory. */
    LogDirDescription describeLogDirs();

    /** As an offset for {@link #deleteRecords}: the end of the partition, so that all its records go. */
    long HIGH_WATERMARK = -1;

    /**
     * Deletes the records before an offset of each partition: they cannot be read any more, and their segments go when no record of
     * them is left.
     *
     * @param beforeOffsets by partition, or {@link #HIGH_WATERMARK}; at or before its first offset nothing happens
     * @return the first offset that each partition has now
     * @throws io.tailrace.common.errors.OffsetOutOfRangeException when an offset lies behind the end of its partition
     * @throws io.tailrace.common.errors.PolicyViolationException when the {@code cleanup.policy} of a topic is {@code compact} only;
     *     nothing was deleted
     * @throws io.tailrace.common.errors.UnknownTopicOrPartitionException when there is no such topic or partition; nothing was
     *     deleted
     */
    Map<TopicPartition, Long> deleteRecords(Map<TopicPartition, Long> beforeOffsets);

    /**
     * The idempotent and transactional producers that each partition remembers.
     *
     * @throws io.tailrace.common.errors.UnknownTopicOrPartitionException when there is no such topic or partition
     */
    Map<TopicPartition, List<ProducerDescription>> describeProducers(Collection<TopicPartition> partitions);

    /** The names of all topics, internal ones (their names start with two underscores) included, sorted. */
    Set<String> listTopics();

    /**
     * @throws io.tailrace.common.errors.UnknownTopicOrPartitionException when there is no such topic
     */
    TopicDescription describeTopic(String topic);

    /** As {@link #describeTopic}, empty when there is no such topic. */
    Optional<TopicDescription> findTopic(String topic);

    /** The first offset that can be read, for each partition asked for. */
    Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions);

    /** The log end offset (the one the next record will get), for each partition asked for. */
    Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions);

    /**
     * As {@link #endOffsets(Collection)}, of what a consumer with that isolation level can see: for readers of committed data the
     * last stable offset, which is that of the first record of the first open transaction.
     */
    Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions, IsolationLevel isolation);

    /** The names of all groups that have members or committed offsets, sorted. */
    Set<String> listGroups();

    /**
     * Members, assignment and progress of a group.
     *
     * @throws io.tailrace.common.errors.GroupIdNotFoundException when it has neither members nor committed offsets
     */
    GroupDescription describeGroup(String groupId);

    /** All committed offsets of a group; empty when it has none. */
    Map<TopicPartition, OffsetAndMetadata> committedOffsets(String groupId);

    /**
     * Sets committed offsets of a group without members.
     *
     * @throws io.tailrace.common.errors.GroupNotEmptyException when the group has members
     */
    void alterCommittedOffsets(String groupId, Map<TopicPartition, OffsetAndMetadata> offsets);

    /**
     * What {@link #resetOffsets} would commit; changes nothing.
     *
     * @throws IllegalArgumentException when offsets are to be shifted for a partition that the group has not committed
     */
    Map<TopicPartition, OffsetAndMetadata> planOffsetReset(
            String groupId, Collection<TopicPartition> partitions, OffsetReset reset);

    /**
     * Moves committed offsets of a group without members.
     *
     * @return what was committed
     * @throws IllegalArgumentException as {@link #planOffsetReset}
     * @throws io.tailrace.common.errors.GroupNotEmptyException when the group has members
     */
    Map<TopicPartition, OffsetAndMetadata> resetOffsets(
            String groupId, Collection<TopicPartition> partitions, OffsetReset reset);

    /**
     * Forgets what a group has committed for some partitions; does nothing where it has not.
     *
     * @throws io.tailrace.common.errors.GroupSubscribedToTopicException when a member subscribes to one of their topics
     */
    void deleteCommittedOffsets(String groupId, Set<TopicPartition> partitions);

    /**
     * Forgets a group with its committed offsets. Nothing else ever does: offsets do not expire.
     *
     * @throws io.tailrace.common.errors.GroupNotEmptyException when the group has members
     */
    void deleteGroup(String groupId);

    /** Every transactional id that a producer has taken in the last seven days, with its state, sorted. */
    List<TransactionDescription> listTransactions();

    /** @throws io.tailrace.common.errors.TransactionalIdNotFoundException when there is no such id */
    TransactionDescription describeTransaction(String transactionalId);

    /**
     * Aborts the open transaction of a producer, which is fenced: its next call fails with a {@link
     * io.tailrace.common.errors.ProducerFencedException}. A transaction whose outcome is decided gets that outcome; without one
     * nothing happens.
     *
     * @throws io.tailrace.common.errors.TransactionalIdNotFoundException when there is no such id
     */
    void abortTransaction(String transactionalId);
}
