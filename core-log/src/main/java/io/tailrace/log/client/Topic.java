package io.tailrace.log.client;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.config.ConfigKey;
import io.tailrace.common.errors.LogClosedException;
import io.tailrace.common.errors.TailraceException;
import io.tailrace.common.errors.UnknownTopicOrPartitionException;
import io.tailrace.log.api.ConfigEntry;
import io.tailrace.log.catalog.TopicConfig;
import io.tailrace.log.catalog.TopicEntry;
import io.tailrace.log.partition.Partition;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One topic in use. A partition is opened when it is first asked for. A topic that was deleted, or whose log was closed, stays
 * so: clients that still hold it find out, and look the name up again.
 *
 * <p><b>Threads:</b> any.
 */
final class Topic {
    private enum State {
        OPEN,
        DELETED,
        CLOSED
    }

    private final PartitionOpener opener;
    private final Consumer<Partition> opened;
    // Partitions are opened side by side, each under its slot; deleting and closing wait until none is being opened.
    private final ReadWriteLock opening = new ReentrantReadWriteLock();
    private volatile TopicEntry entry; // written under this
    private volatile TopicConfig config; // written under this
    private volatile Slot[] slots = {}; // by partition; written under this, only ever longer
    private final AtomicInteger nextFirstPartition = new AtomicInteger();
    private volatile State state = State.OPEN; // written under this and opening.writeLock()

    /** One partition, whether it is open or not. */
    private static final class Slot {
        final TopicPartition topicPartition;
        final CopyOnWriteArrayList<Runnable> waiters = new CopyOnWriteArrayList<>();
        volatile @Nullable Partition partition; // written under this

        Slot(TopicPartition topicPartition) {
            this.topicPartition = topicPartition;
        }
    }

    /** @param opened told of each partition before it is used */
    Topic(PartitionOpener opener, TopicEntry entry, TopicConfig config, Consumer<Partition> opened) {
        this.opened = opened;
        this.opener = opener;
        this.entry = entry;
        this.config = config;
        this.slots = slots(entry, slots);
    }

    private static Slot[] slots(TopicEntry entry, Slot[] existing) {
        Slot[] slots = Arrays.copyOf(existing, entry.partitions());
        for (int i = existing.length; i < slots.length; i++) {
            slots[i] = new Slot(new TopicPartition(entry.name(), i));
        }
        return slots;
    }

    /** The topic has got more partitions; nothing changes for those it had. */
    synchronized void grow(TopicEntry newEntry) {
        entry = newEntry;
        slots = slots(newEntry, slots);
    }

    /** Other configs; segments keep what they were begun with. */
    synchronized void configure(TopicEntry newEntry, TopicConfig newConfig) {
        opening.writeLock().lock(); // one that is being opened would miss it
        try {
            entry = newEntry;
            config = newConfig;
        } finally {
            opening.writeLock().unlock();
        }
        openPartitions().forEach(partition -> opener.configure(partition, newConfig));
    }

    /** Those that were used since the log was opened. */
    List<Partition> openPartitions() {
        List<Partition> open = new ArrayList<>();
        for (Slot slot : slots) {
            Partition partition = slot.partition;
            if (partition != null) {
                open.add(partition);
            }
        }
        return open;
    }

    TopicEntry entry() {
        return entry;
    }

    /** Every config with its value and source, by name. */
    List<ConfigEntry> describeConfigs() {
        Map<String, String> set = entry.configs();
        Map<String, String> effective = config.toMap();
        Map<String, String> defaults = TopicConfig.DEFAULT.toMap();
        List<ConfigEntry> entries = new ArrayList<>();
        effective.forEach((name, value) -> {
            ConfigEntry.Source source = set.containsKey(name)
                    ? ConfigEntry.Source.TOPIC
                    : value.equals(defaults.get(name)) ? ConfigEntry.Source.DEFAULT : ConfigEntry.Source.LOG;
            ConfigKey<?> key = TopicConfig.SCHEMA.find(name).orElseThrow();
            entries.add(new ConfigEntry(name, value, source, key.expectation(), key.doc()));
        });
        return entries;
    }

    /** Of the segments of one partition; those of a closed one are looked up in the directory. */
    long sizeInBytes(int index) {
        Partition partition = slot(index).partition;
        if (partition != null) {
            return partition.sizeInBytes();
        }
        return opener.sizeInBytes(entry.directory(index));
    }

    String name() {
        return entry.name();
    }

    UUID id() {
        return entry.id();
    }

    TopicConfig config() {
        return config;
    }

    int partitionCount() {
        return slots.length;
    }

    List<TopicPartition> topicPartitions() {
        return Stream.of(slots).map(slot -> slot.topicPartition).toList();
    }

    TopicPartition topicPartition(int index) {
        return slots[index].topicPartition;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isDeleted() {
        return state == State.DELETED;
    }

    /** @throws UnknownTopicOrPartitionException when the topic has no such partition */
    void checkPartition(int index) {
        slot(index);
    }

    private Slot slot(int index) {
        Slot[] current = slots;
        if (index < 0 || index >= current.length) {
            throw new UnknownTopicOrPartitionException(entry.name(), index, current.length);
        }
        return current[index];
    }

    /**
     * @throws UnknownTopicOrPartitionException when the topic was deleted or has no such partition
     * @throws LogClosedException when the log was closed
     */
    Partition partition(int index) {
        Slot slot = slot(index);
        checkOpen();
        Partition partition = slot.partition;
        return partition == null ? openPartition(slot) : partition;
    }

    private Partition openPartition(Slot slot) {
        opening.readLock().lock();
        try {
            synchronized (slot) {
                checkOpen();
                Partition partition = slot.partition;
                if (partition == null) {
                    partition = opener.open(directory(slot), slot.topicPartition, config);
                    opened.accept(partition);
                    partition.onAppend(() -> slot.waiters.forEach(Runnable::run));
                    slot.partition = partition;
                }
                return partition;
            }
        } finally {
            opening.readLock().unlock();
        }
    }

    private String directory(Slot slot) {
        return entry.directory(slot.topicPartition.partition());
    }

    /** Whether the partition was ever used, so that there is something to recover. */
    boolean hasFiles(int index) {
        Slot slot = slot(index);
        return slot.partition != null || opener.exists(directory(slot));
    }

    /** From now on {@code waiter} is run after every append to the partition, by whoever appends, until {@link #removeWaiter}. */
    void addWaiter(int index, Runnable waiter) {
        slot(index).waiters.add(waiter);
    }

    void removeWaiter(int index, Runnable waiter) {
        slot(index).waiters.remove(waiter);
    }

    /** Producers that begin without a key start at different partitions, by turns. */
    int nextFirstPartition() {
        return Math.floorMod(nextFirstPartition.getAndIncrement(), slots.length);
    }

    /** What a failed read or append really means: the reason why the partition was closed meanwhile, if it was. */
    RuntimeException explain(RuntimeException failure) {
        TailraceException reason =
                switch (state) {
                    case OPEN -> null;
                    case DELETED -> new UnknownTopicOrPartitionException(entry.name());
                    case CLOSED -> new LogClosedException("log with topic '" + entry.name() + "'");
                };
        if (reason == null) {
            return failure;
        }
        reason.addSuppressed(failure);
        return reason;
    }

    void checkOpen() {
        switch (state) {
            case OPEN -> {}
            case DELETED -> throw new UnknownTopicOrPartitionException(entry.name());
            case CLOSED -> throw new LogClosedException("log with topic '" + entry.name() + "'");
        }
    }

    /** Closes the partitions of a topic that was deleted; the files go next. */
    synchronized void delete(FirstFailure failure) {
        become(State.DELETED);
        closePartitions(partition -> failure.run(partition::discard));
    }

    /** Closes the partitions, which forces them. */
    synchronized void close(FirstFailure failure) {
        if (state != State.OPEN) {
            return;
        }
        become(State.CLOSED);
        closePartitions(partition -> failure.run(partition::close));
    }

    private void become(State newState) {
        opening.writeLock().lock();
        try {
            state = newState;
        } finally {
            opening.writeLock().unlock();
        }
    }

    private void closePartitions(Consumer<Partition> close) {
        Slot[] current = slots;
        for (int i = current.length - 1; i >= 0; i--) {
            Partition partition = current[i].partition;
            if (partition != null) {
                close.accept(partition);
            }
        }
        for (Slot slot : current) {
            slot.waiters.forEach(Runnable::run);
        }
    }
}
