package io.tailrace.log.client;

import io.tailrace.common.errors.InvalidPartitionsException;
import io.tailrace.common.errors.InvalidTopicException;
import io.tailrace.common.errors.UnknownTopicOrPartitionException;
import io.tailrace.log.api.AlterConfigOp;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.catalog.TopicCatalog;
import io.tailrace.log.catalog.TopicConfig;
import io.tailrace.log.catalog.TopicEntry;
import io.tailrace.log.catalog.TopicName;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Creates, grows, configures and deletes topics: in the catalog, among the {@link Topics}, and with those who listen.
 *
 * <p><b>Threads:</b> any; one change at a time, under a lock, under which listeners are told.
 */
final class TopicChanges {
    private final Topics topics;
    private final ConcurrentMap<String, Topic> byName; // written under lock
    private final TopicCatalog catalog; // guarded by lock
    private final TopicDefaults defaults;
    private final RecoveryPoints recoveryPoints;
    private final Maintenance maintenance;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<TopicListener> listeners = new CopyOnWriteArrayList<>();

    TopicChanges(
            Topics topics,
            ConcurrentMap<String, Topic> byName,
            TopicCatalog catalog,
            TopicDefaults defaults,
            RecoveryPoints recoveryPoints,
            Maintenance maintenance) {
        this.topics = topics;
        this.byName = byName;
        this.catalog = catalog;
        this.defaults = defaults;
        this.recoveryPoints = recoveryPoints;
        this.maintenance = maintenance;
    }

    void addListener(TopicListener listener) {
        listeners.add(listener);
    }

    /** Runs while nothing changes. */
    void whileNone(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    Topic findOrCreate(NewTopic topic) {
        lock.lock();
        try {
            Topic found = byName.get(topic.name());
            return found == null ? create(topic) : found;
        } finally {
            lock.unlock();
        }
    }

    /** Makes a topic that the log keeps for itself, if it is not there. */
    void ensureInternal(String name, int partitions) {
        if (byName.get(name) == null) {
            findOrCreate(InternalTopics.newTopic(name, partitions, defaults.segmentBytes()));
        }
    }

    Topic create(NewTopic wanted) {
        TopicName.check(wanted.name());
        TopicEntry entry = new TopicEntry(wanted.name(), UUID.randomUUID(), wanted.partitions(), wanted.configs());
        Topic topic = topics.newTopic(entry);
        lock.lock();
        try {
            topics.checkOpen();
            listeners.forEach(listener -> listener.beforeCreation(entry.name()));
            catalog.create(entry);
            byName.put(entry.name(), topic);
            listeners.forEach(listener -> listener.topicChanged(entry.name()));
            return topic;
        } finally {
            lock.unlock();
        }
    }

    /**
     * The topic has {@code totalCount} partitions from now on.
     *
     * @throws InvalidTopicException when it belongs to the log
     * @throws UnknownTopicOrPartitionException when there is none
     */
    void grow(String name, int totalCount) {
        InternalTopics.refuse(name, "get more partitions: what it holds is found by their number");
        lock.lock();
        try {
            Topic topic = topics.get(name);
            if (totalCount <= topic.partitionCount()) {
                throw new InvalidPartitionsException("topic '" + name + "' has " + topic.partitionCount()
                        + " partitions, expected a larger number than that but found " + totalCount
                        + "; partitions cannot be taken away");
            }
            TopicEntry entry = topic.entry().withPartitions(totalCount);
            catalog.replace(entry);
            topic.grow(entry);
            listeners.forEach(listener -> listener.topicChanged(name));
        } finally {
            lock.unlock();
        }
    }

    /** All changes or, when one is wrong, none. */
    void alterConfigs(String name, Collection<AlterConfigOp> changes) {
        InternalTopics.refuse(name, "be configured");
        lock.lock();
        try {
            Topic topic = topics.get(name);
            Map<String, String> configs = new TreeMap<>(topic.entry().configs());
            for (AlterConfigOp change : changes) {
                TopicConfig.checkName(change.name());
                change.value()
                        .ifPresentOrElse(
                                value -> configs.put(change.name(), value), () -> configs.remove(change.name()));
            }
            TopicEntry entry = topic.entry().withConfigs(configs);
            TopicConfig config = topics.config(entry);
            catalog.replace(entry);
            topic.configure(entry, config);
        } finally {
            lock.unlock();
        }
    }

    void delete(String name) {
        InternalTopics.refuse(name, "be deleted; delete groups instead");
        lock.lock();
        try {
            Topic topic = topics.get(name);
            catalog.delete(name);
            byName.remove(name);
            FirstFailure failure = new FirstFailure();
            listeners.forEach(listener -> failure.run(() -> listener.topicDeleted(name)));
            topic.delete(failure);
            failure.run(() -> recoveryPoints.retain(byName::containsKey)); // or they would count for a new topic
            failure.run(() -> maintenance.forget(name));
            failure.run(catalog::finishDeletions);
            failure.rethrow();
        } finally {
            lock.unlock();
        }
    }
}
