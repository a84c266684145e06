package io.tailrace.log.client;

import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.InvalidTopicException;
import io.tailrace.common.errors.LogClosedException;
import io.tailrace.common.errors.UnknownTopicOrPartitionException;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.NewTopic;
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
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The topics of an open log, and their partitions, which are opened when they are used first.
 *
 * <p><b>Threads:</b> any. Looking up takes no lock; {@link #changes} take one.
 */
public final class Topics implements KnownTopics {
    private final Storage storage;
    private final TopicDefaults defaults;
    private final ConcurrentMap<String, Topic> byName = new ConcurrentHashMap<>(); // written by changes
    private final TopicChanges changes;
    private final TopicOffsets offsets = new TopicOffsets(this);
    private volatile Consumer<Partition> opened = partition -> {};
    private final RecoveryPoints recoveryPoints;
    private final RecoveryLog recoveryLog;
    private final Flusher flusher;
    private final Maintenance maintenance;
    private final PartitionOpener opener;
    private volatile boolean closed; // written while nothing changes

    private Topics(
            Storage storage,
            TopicCatalog catalog,
            TopicDefaults defaults,
            RecoveryPoints recoveryPoints,
            RecoveryLog recoveryLog,
            Flusher flusher,
            Maintenance maintenance) {
        this.storage = storage;
        this.defaults = defaults;
        this.recoveryPoints = recoveryPoints;
        this.recoveryLog = recoveryLog;
        this.flusher = flusher;
        this.maintenance = maintenance;
        this.opener =
                new PartitionOpener(storage, defaults.durability(), recoveryPoints, recoveryLog, flusher, maintenance);
        this.changes = new TopicChanges(this, byName, catalog, defaults, recoveryPoints, maintenance);
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
        catalog.topics().forEach(entry -> topics.byName.put(entry.name(), topics.newTopic(entry)));
        recoveryPoints.retain(topics.byName::containsKey);
        return topics;
    }

    /** Checks the partitions that were used, unless the log was closed in order. */
    void recover(Time time) {
        if (!recoveryPoints.isClean()) {
            LogRecovery.run(this, defaults.recoveryThreads(), time, recoveryLog);
        }
    }

    Topic newTopic(TopicEntry entry) {
        return new Topic(opener, entry, config(entry), partition -> opened.accept(partition));
    }

    /** From now on told of every partition that is opened, before anybody can use it; must not throw. */
    void onOpen(Consumer<Partition> listener) {
        opened = listener;
    }

    TopicConfig config(TopicEntry entry) {
        return TopicConfig.parse(entry.configs(), defaults.segmentBytes());
    }

    /** What creates and deletes topics. */
    TopicChanges changes() {
        return changes;
    }

    /** Where partitions begin and end. */
    TopicOffsets offsets() {
        return offsets;
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

    /** A cursor of its own, without a position. */
    PartitionCursor cursor(TopicPartition partition) {
        Topic topic = get(partition.topic());
        topic.checkPartition(partition.partition());
        return new PartitionCursor(topic, partition.partition(), IsolationLevel.READ_UNCOMMITTED);
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
        return changes.findOrCreate(new NewTopic(name, defaults.partitions()));
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
        changes.whileNone(() -> closed = true);
    }

    /**
     * Serves the acknowledgements that wait, then forces and closes all partitions, after {@link #refuse}; steps that fail are
     * kept in {@code failure}. When none does, here or before, the next open need not check anything.
     */
    void close(FirstFailure failure) {
        maintenance.close();
        flusher.close();
        changes.whileNone(() -> {
            boolean inOrder = !recoveryPoints.hasFailed();
            new ArrayList<>(byName.values()).forEach(topic -> topic.close(failure));
            recoveryPoints.close(inOrder && !failure.hasHappened());
        });
    }
}
