package io.tailrace.log.client;

import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.InvalidPartitionsException;
import io.tailrace.common.errors.InvalidTopicException;
import io.tailrace.common.errors.LogClosedException;
import io.tailrace.common.errors.PolicyViolationException;
import io.tailrace.common.errors.UnknownTopicOrPartitionException;
import io.tailrace.log.api.AlterConfigOp;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.LogDirDescription;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetAndTimestamp;
import io.tailrace.log.api.PartitionState;
import io.tailrace.log.catalog.CleanupConfig;
import io.tailrace.log.catalog.TopicCatalog;
import io.tailrace.log.catalog.TopicConfig;
import io.tailrace.log.catalog.TopicEntry;
import io.tailrace.log.catalog.TopicName;
import io.tailrace.log.group.KnownTopics;
import io.tailrace.log.partition.Partition;
import io.tailrace.log.partition.RecoverySummary;
import io.tailrace.log.storage.Storage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.ToLongFunction;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The topics of an open log.
 *
 * <p><b>Threads:</b> any. Looking up takes no lock; creating and deleting take one, under which listeners are told.
 */
public final class Topics implements KnownTopics {
    private final Storage storage;
    private final TopicCatalog catalog; // guarded by lock
    private final TopicDefaults defaults;
    private final ReentrantLock lock = new ReentrantLock();
    private final ConcurrentMap<String, Topic> byName = new ConcurrentHashMap<>();
    private final List<TopicListener> listeners = new CopyOnWriteArrayList<>();
    private volatile Consumer<Partition> opened = partition -> {};
    private final RecoveryPoints recoveryPoints;
    private final RecoveryLog recoveryLog;
    private final Flusher flusher;
    private final Maintenance maintenance;
    private final PartitionOpener opener;
    private volatile boolean closed; // written under lock

    private Topics(
            Storage storage,
            TopicCatalog catalog,
            TopicDefaults defaults,
            RecoveryPoints recoveryPoints,
            RecoveryLog recoveryLog,
            Flusher flusher,
            Maintenance maintenance) {
        this.storage = storage;
        this.catalog = catalog;
        this.defaults = defaults;
        this.recoveryPoints = recoveryPoints;
        this.recoveryLog = recoveryLog;
        this.flusher = flusher;
        this.maintenance = maintenance;
        this.opener =
                new PartitionOpener(storage, defaults.durability(), recoveryPoints, recoveryLog, flusher, maintenance);
    }

    /** Reads the catalog; no partition is opened. The storage stays the caller's. */
    static Topics open(Storage storage, TopicDefaults defaults, Time time) {
        RecoveryPoints recoveryPoints = RecoveryPoints.open(storage, time);
        TopicCatalog catalog = TopicCatalog.open(storage);
        RecoveryLog recoveryLog =
                new RecoveryLog(recoveryPoints.isClean() || catalog.topics().isEmpty());
        Flusher flusher = new Flusher(defaults.durability(), time, recoveryPoints::onForced);
        Set<String> names = catalog.topics().stream().map(TopicEntry::name).collect(Collectors.toSet());
        Maintenance maintenance = new Maintenance(storage, time, defaults.maintenance(), names::contains);
        Topics topics = new Topics(storage, catalog, defaults, recoveryPoints, recoveryLog, flusher, maintenance);
        maintenance.setPartitions(topics::partitionsWithFiles);
        topics.catalog.topics().forEach(entry -> topics.byName.put(entry.name(), topics.newTopic(entry)));
        recoveryPoints.retain(topics.byName::containsKey);
        return topics;
    }

    /** Checks the partitions that were used, unless the log was closed in order. */
    void recover(Time time) {
        if (!recoveryPoints.isClean()) {
            LogRecovery.run(this, defaults.recoveryThreads(), time, recoveryLog);
        }
    }

    private Topic newTopic(TopicEntry entry) {
        return new Topic(opener, entry, config(entry), partition -> opened.accept(partition));
    }

    /** From now on told of every partition that is opened, before anybody can use it; must not throw. */
    void onOpen(Consumer<Partition> listener) {
        opened = listener;
    }

    private TopicConfig config(TopicEntry entry) {
        return TopicConfig.parse(entry.configs(), defaults.segmentBytes());
    }

    void addListener(TopicListener listener) {
        listeners.add(listener);
    }

    Storage storage() {
        return storage;
    }

    /** All topics, in no order; a live view. */
    Collection<Topic> all() {
        checkOpen();
        return Collections.unmodifiableCollection(byName.values());
    }

    /** How many topics there are. */
    public int count() {
        return byName.size();
    }

    /** What opening partitions had to check and has found, up to now. */
    public RecoverySummary recovery() {
        return recoveryLog.summary();
    }

    Maintenance maintenance() {
        return maintenance;
    }

    private List<Maintenance.Kept> partitionsWithFiles() {
        List<Maintenance.Kept> kept = new ArrayList<>();
        for (Topic topic : byName.values()) {
            TopicConfig config = topic.config();
            for (TopicPartition partition : topic.topicPartitions()) {
                int index = partition.partition();
                if (topic.hasFiles(index)) {
                    kept.add(new Maintenance.Kept(partition, config, () -> topic.partition(index)));
                }
            }
        }
        return kept;
    }

    /** Whoever acknowledges an append asks it when it may. */
    Flusher flusher() {
        return flusher;
    }

    @Nullable
    Topic find(String name) {
        return byName.get(name);
    }

    /** @throws UnknownTopicOrPartitionException when there is none */
    Topic get(String name) {
        checkOpen();
        Topic topic = byName.get(name);
        if (topic == null) {
            throw new UnknownTopicOrPartitionException(name);
        }
        return topic;
    }

    /** Opened if that is necessary. */
    Partition partition(TopicPartition partition) {
        return get(partition.topic()).partition(partition.partition());
    }

    Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
        return offsets(partitions, Partition::logStartOffset);
    }

    /** Where a reader of this isolation level finds nothing more. */
    Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions, IsolationLevel isolation) {
        return offsets(
                partitions,
                isolation == IsolationLevel.READ_COMMITTED ? Partition::lastStableOffset : Partition::highWatermark);
    }

    private Map<TopicPartition, Long> offsets(Collection<TopicPartition> partitions, ToLongFunction<Partition> offset) {
        Map<TopicPartition, Long> offsets = new LinkedHashMap<>();
        partitions.forEach(partition -> offsets.put(partition, offset.applyAsLong(partition(partition))));
        return offsets;
    }

    /** The first record at or behind each time; partitions where all are older are left out. */
    Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> timestamps) {
        Map<TopicPartition, OffsetAndTimestamp> found = new LinkedHashMap<>();
        timestamps.forEach((partition, timestamp) -> {
            PartitionCursor cursor = cursor(partition);
            cursor.offsetForTimestamp(timestamp).ifPresent(offset -> {
                cursor.seek(offset);
                if (cursor.find(1)) {
                    found.put(partition, new OffsetAndTimestamp(cursor.offset(), cursor.timestamp()));
                }
            });
        });
        return found;
    }

    /** A cursor of its own, without a position. */
    PartitionCursor cursor(TopicPartition partition) {
        Topic topic = get(partition.topic());
        topic.checkPartition(partition.partition());
        return new PartitionCursor(topic, partition.partition(), IsolationLevel.READ_UNCOMMITTED);
    }

    /** Behind the last record of one partition that readers see. */
    long endOffset(TopicPartition partition) {
        return partition(partition).highWatermark();
    }

    @Override
    public Set<String> matchable() {
        Set<String> names = new TreeSet<>(byName.keySet());
        names.removeIf(InternalTopics::isInternal);
        return names;
    }

    @Override
    public int partitionCount(String name) {
        Topic topic = byName.get(name);
        return topic == null ? 0 : topic.partitionCount();
    }

    /** The topic a record is sent to: created when it does not exist and topics are created automatically. */
    Topic forSending(String name) {
        if (InternalTopics.isInternal(name)) {
            throw new InvalidTopicException(
                    name, "it is written by the log itself; commit offsets by a consumer, a producer or the admin");
        }
        checkOpen();
        Topic topic = byName.get(name);
        if (topic != null) {
            return topic;
        }
        TopicName.check(name);
        if (!defaults.autoCreate()) {
            throw new UnknownTopicOrPartitionException(name);
        }
        return findOrCreate(new NewTopic(name, defaults.partitions()));
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
        Topic topic = newTopic(entry);
        lock.lock();
        try {
            checkOpen();
            listeners.forEach(listener -> listener.beforeCreation(entry.name()));
            catalog.create(entry);
            byName.put(entry.name(), topic);
            listeners.forEach(listener -> listener.topicChanged(entry.name()));
            return topic;
        } finally {
            lock.unlock();
        }
    }

    /** The topic has {@code totalCount} partitions from now on. */
    void grow(String name, int totalCount) {
        checkNotInternal(name, "get more partitions: what it holds is found by their number");
        lock.lock();
        try {
            Topic topic = get(name);
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
        checkNotInternal(name, "be configured");
        lock.lock();
        try {
            Topic topic = get(name);
            Map<String, String> configs = new TreeMap<>(topic.entry().configs());
            for (AlterConfigOp change : changes) {
                TopicConfig.checkName(change.name());
                change.value()
                        .ifPresentOrElse(
                                value -> configs.put(change.name(), value), () -> configs.remove(change.name()));
            }
            TopicEntry entry = topic.entry().withConfigs(configs);
            TopicConfig config = config(entry);
            catalog.replace(entry);
            topic.configure(entry, config);
        } finally {
            lock.unlock();
        }
    }

    private static void checkNotInternal(String name, String action) {
        if (InternalTopics.isInternal(name)) {
            throw new InvalidTopicException(name, "it belongs to the log and cannot " + action);
        }
    }

    /** @throws PolicyViolationException when nobody may delete records of the topic by offset */
    void checkDeletable(TopicPartition partition) {
        Topic topic = get(partition.topic());
        topic.checkPartition(partition.partition());
        checkNotInternal(topic.name(), "have records deleted");
        if (!topic.config().cleanup().deleted()) {
            throw new PolicyViolationException("cannot delete records of " + partition + ": the topic has "
                    + CleanupConfig.CLEANUP_POLICY + "=compact, expected delete or compact,delete");
        }
    }

    LogDirDescription describeLogDirs() {
        Map<TopicPartition, Long> sizes = new TreeMap<>();
        Map<TopicPartition, PartitionState> faults = new TreeMap<>();
        for (Topic topic : all()) {
            topic.topicPartitions()
                    .forEach(partition -> sizes.put(partition, topic.sizeInBytes(partition.partition())));
            topic.openPartitions().forEach(partition -> {
                PartitionState state = partition.state();
                if (!(state instanceof PartitionState.Writable)) {
                    faults.put(partition.topicPartition(), state);
                }
            });
        }
        return new LogDirDescription(storage.directory(), sizes, faults);
    }

    void delete(String name) {
        checkNotInternal(name, "be deleted; delete groups instead");
        lock.lock();
        try {
            Topic topic = get(name);
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

    boolean isClosed() {
        return closed;
    }

    void checkOpen() {
        if (closed) {
            throw new LogClosedException(describe());
        }
    }

    /** For messages: "log" and its directory. */
    String describe() {
        return "log " + storage.directory().map(Object::toString).orElse("in memory");
    }

    /** From now on topics cannot be looked up, created or deleted. Those that clients hold can still be written. */
    void refuse() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Serves the acknowledgements that wait, then forces and closes all partitions, after {@link #refuse}; steps that fail are
     * kept in {@code failure}. When none does, here or before, the next open need not check anything.
     */
    void close(FirstFailure failure) {
        maintenance.close();
        flusher.close();
        lock.lock();
        try {
            boolean inOrder = !recoveryPoints.hasFailed();
            new ArrayList<>(byName.values()).forEach(topic -> topic.close(failure));
            recoveryPoints.close(inOrder && !failure.hasHappened());
        } finally {
            lock.unlock();
        }
    }
}
