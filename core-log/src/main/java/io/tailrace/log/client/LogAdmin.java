package io.tailrace.log.client;

import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.InvalidTopicException;
import io.tailrace.common.errors.PolicyViolationException;
import io.tailrace.log.api.Admin;
import io.tailrace.log.api.AlterConfigOp;
import io.tailrace.log.api.ConfigEntry;
import io.tailrace.log.api.GroupDescription;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.LogDirDescription;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.OffsetReset;
import io.tailrace.log.api.PartitionState;
import io.tailrace.log.api.ProducerDescription;
import io.tailrace.log.api.TopicDescription;
import io.tailrace.log.api.TransactionDescription;
import io.tailrace.log.catalog.CleanupConfig;
import io.tailrace.log.partition.Partition;
import io.tailrace.log.partition.ProducerInfo;
import io.tailrace.log.txn.Transaction;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The {@link Admin} of the embedded log. */
final class LogAdmin implements Admin {
    private final Topics topics;
    private final Groups groups;
    private final Transactions transactions;
    private final OffsetResets resets;

    LogAdmin(Topics topics, Groups groups, Transactions transactions, Time time) {
        this.topics = topics;
        this.groups = groups;
        this.transactions = transactions;
        this.resets = new OffsetResets(topics, groups, time);
    }

    @Override
    public void createTopic(NewTopic topic) {
        if (InternalTopics.isInternal(topic.name())) {
            throw new InvalidTopicException(topic.name(), "the log itself creates it when it is needed");
        }
        topics.changes().create(topic);
    }

    @Override
    public void deleteTopic(String topic) {
        topics.changes().delete(topic);
    }

    @Override
    public void createPartitions(String topic, int totalCount) {
        topics.changes().grow(topic, totalCount);
    }

    @Override
    public List<ConfigEntry> describeConfigs(String topic) {
        return topics.get(topic).describeConfigs();
    }

    @Override
    public void alterConfigs(String topic, Collection<AlterConfigOp> changes) {
        topics.changes().alterConfigs(topic, changes);
    }

    @Override
    public LogDirDescription describeLogDirs() {
        Map<TopicPartition, Long> sizes = new TreeMap<>();
        Map<TopicPartition, PartitionState> faults = new TreeMap<>();
        for (Topic topic : topics.all()) {
            topic.topicPartitions()
                    .forEach(partition -> sizes.put(partition, topic.sizeInBytes(partition.partition())));
            topic.openPartitions().forEach(partition -> {
                PartitionState state = partition.state();
                if (!(state instanceof PartitionState.Writable)) {
                    faults.put(partition.topicPartition(), state);
                }
            });
        }
        return new LogDirDescription(topics.storage().directory(), sizes, faults);
    }

    @Override
    public Map<TopicPartition, Long> deleteRecords(Map<TopicPartition, Long> beforeOffsets) {
        beforeOffsets.keySet().forEach(this::checkDeletable); // all, before anything is deleted
        Map<TopicPartition, Long> startOffsets = new TreeMap<>();
        new TreeMap<>(beforeOffsets).forEach((topicPartition, beforeOffset) -> {
            Partition partition = topics.partition(topicPartition);
            partition
                    .history()
                    .deleteRecordsBefore(beforeOffset == HIGH_WATERMARK ? partition.highWatermark() : beforeOffset);
            startOffsets.put(topicPartition, partition.logStartOffset());
        });
        return startOffsets;
    }

    private void checkDeletable(TopicPartition partition) {
        Topic topic = topics.get(partition.topic());
        topic.checkPartition(partition.partition());
        InternalTopics.refuse(topic.name(), "have records deleted");
        if (!topic.config().cleanup().deleted()) {
            throw new PolicyViolationException("cannot delete records of " + partition + ": the topic has "
                    + CleanupConfig.CLEANUP_POLICY + "=compact, expected delete or compact,delete");
        }
    }

    @Override
    public Map<TopicPartition, List<ProducerDescription>> describeProducers(Collection<TopicPartition> partitions) {
        Map<TopicPartition, List<ProducerDescription>> described = new TreeMap<>();
        partitions.forEach(partition -> described.put(
                partition,
                topics.partition(partition).producers().stream()
                        .map(LogAdmin::describe)
                        .toList()));
        return described;
    }

    private static ProducerDescription describe(ProducerInfo producer) {
        long start = producer.transactionStartOffset();
        return new ProducerDescription(
                producer.producerId(),
                producer.producerEpoch(),
                optional(producer.lastSequence()),
                producer.lastTimestamp(),
                optional(producer.coordinatorEpoch()),
                start < 0 ? OptionalLong.empty() : OptionalLong.of(start));
    }

    private static OptionalInt optional(int value) {
        return value < 0 ? OptionalInt.empty() : OptionalInt.of(value);
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
                topic.name(), topic.id(), topic.partitionCount(), topic.config().toMap());
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
        return topics.offsets().beginning(partitions);
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
        return endOffsets(partitions, IsolationLevel.READ_UNCOMMITTED);
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions, IsolationLevel isolation) {
        return topics.offsets().end(partitions, isolation);
    }

    @Override
    public Set<String> listGroups() {
        return groups.groupIds();
    }

    @Override
    public GroupDescription describeGroup(String groupId) {
        return groups.describe(groupId);
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
    public Map<TopicPartition, OffsetAndMetadata> planOffsetReset(
            String groupId, Collection<TopicPartition> partitions, OffsetReset reset) {
        return resets.offsets(groupId, partitions, reset);
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> resetOffsets(
            String groupId, Collection<TopicPartition> partitions, OffsetReset reset) {
        Map<TopicPartition, OffsetAndMetadata> offsets = resets.offsets(groupId, partitions, reset);
        groups.alter(groupId, offsets);
        return offsets;
    }

    @Override
    public void deleteCommittedOffsets(String groupId, Set<TopicPartition> partitions) {
        groups.deleteOffsets(groupId, partitions);
    }

    @Override
    public void deleteGroup(String groupId) {
        groups.delete(groupId);
    }

    @Override
    public List<TransactionDescription> listTransactions() {
        topics.checkOpen();
        return transactions.all().stream().map(LogAdmin::describe).toList();
    }

    @Override
    public TransactionDescription describeTransaction(String transactionalId) {
        topics.checkOpen();
        return describe(transactions.get(transactionalId));
    }

    private static TransactionDescription describe(Transaction transaction) {
        return new TransactionDescription(
                transaction.transactionalId(),
                TransactionDescription.State.valueOf(transaction.state().name()),
                transaction.producerId(),
                transaction.producerEpoch(),
                Duration.ofMillis(transaction.timeoutMs()),
                transaction.state().isIdle() ? OptionalLong.empty() : OptionalLong.of(transaction.startMs()),
                transaction.partitions());
    }

    @Override
    public void abortTransaction(String transactionalId) {
        topics.checkOpen();
        transactions.abort(transactionalId);
    }
}
