package io.tailrace.log.api;

import io.tailrace.common.TopicPartition;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Creates, deletes and describes topics, and reads and moves the committed offsets of groups.
 *
 * <p><b>Threads:</b> any. Every call is done when it returns: what it created or deleted survives a crash of the process.
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

    /** The names of all groups that have members or committed offsets, sorted. */
    Set<String> listGroups();

    /** All committed offsets of a group; empty when it has none. */
    Map<TopicPartition, OffsetAndMetadata> committedOffsets(String groupId);

    /**
     * Sets committed offsets of a group without members, as a reset does.
     *
     * @throws io.tailrace.common.errors.CommitFailedException when the group has members
     */
    void alterCommittedOffsets(String groupId, Map<TopicPartition, OffsetAndMetadata> offsets);

    /**
     * Forgets a group with its committed offsets.
     *
     * @throws io.tailrace.common.errors.CommitFailedException when the group has members
     */
    void deleteGroup(String groupId);
}
