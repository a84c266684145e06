package io.tailrace.log.client;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.InvalidTopicException;
import io.tailrace.log.api.Admin;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.TopicDescription;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The {@link Admin} of the embedded log. */
final class LogAdmin implements Admin {
    private final Topics topics;
    private final Groups groups;

    LogAdmin(Topics topics, Groups groups) {
        this.topics = topics;
        this.groups = groups;
    }

    @Override
    public void createTopic(NewTopic topic) {
        if (topic.name().equals(OffsetsTopic.NAME)) {
            throw new InvalidTopicException(topic.name(), "the log itself creates it, by the first commit");
        }
        topics.create(topic);
    }

    @Override
    public void deleteTopic(String topic) {
        topics.delete(topic);
    }

    @Override
    public Set<String> listTopics() {
        Set<String> names = new TreeSet<>();
        topics.all().forEach(topic -> names.add(topic.name()));
        return names;
    }

    @Override
    public TopicDescription describeTopic(String topic) {
        return describe(topics.get(topic));
    }

    @Override
    public Optional<TopicDescription> findTopic(String topic) {
        topics.checkOpen();
        return Optional.ofNullable(topics.find(topic)).map(LogAdmin::describe);
    }

    private static TopicDescription describe(Topic topic) {
        return new TopicDescription(
                topic.name(), topic.partitionCount(), topic.config().toMap());
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
        return topics.beginningOffsets(partitions);
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
        return topics.endOffsets(partitions);
    }

    @Override
    public Set<String> listGroups() {
        return groups.groupIds();
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> committedOffsets(String groupId) {
        return groups.committed(groupId);
    }

    @Override
    public void alterCommittedOffsets(String groupId, Map<TopicPartition, OffsetAndMetadata> offsets) {
        groups.alter(groupId, new TreeMap<>(offsets));
    }

    @Override
    public void deleteGroup(String groupId) {
        groups.delete(groupId);
    }
}
