package io.tailrace.log.client;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.LogClosedException;
import io.tailrace.common.errors.TailraceException;
import io.tailrace.common.errors.UnknownTopicOrPartitionException;
import io.tailrace.log.catalog.TopicConfig;
import io.tailrace.log.catalog.TopicEntry;
import io.tailrace.log.partition.Partition;
import io.tailrace.log.partition.PartitionConfig;
import io.tailrace.log.partition.RecoveryListener;
import io.tailrace.log.storage.Storage;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.IntStream;
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

    private final Storage storage;
    private final TopicEntry entry;
    private final TopicConfig config;
    private final RecoveryListener recoveryListener;
    private final List<TopicPartition> topicPartitions;
    private final AtomicReferenceArray<@Nullable Partition> partitions; // written under this
    private final List<CopyOnWriteArrayList<Signal>> waiters; // by partition
    private final AtomicInteger nextFirstPartition = new AtomicInteger();
    private volatile State state = State.OPEN; // written under this

    Topic(Storage storage, TopicEntry entry, TopicConfig config, RecoveryListener recoveryListener) {
        this.storage = storage;
        this.recoveryListener = recoveryListener;
        this.entry = entry;
        this.config = config;
        this.topicPartitions = IntStream.range(0, entry.partitions())
                .mapToObj(index -> new TopicPartition(entry.name(), index))
                .toList();
        this.partitions = new AtomicReferenceArray<>(entry.partitions());
        this.waiters = topicPartitions.stream()
                .map(partition -> new CopyOnWriteArrayList<Signal>())
                .toList();
    }

    String name() {
        return entry.name();
    }

    TopicConfig config() {
        return config;
    }

    int partitionCount() {
        return entry.partitions();
    }

    List<TopicPartition> topicPartitions() {
        return topicPartitions;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isDeleted() {
        return state == State.DELETED;
    }

    /** @throws UnknownTopicOrPartitionException when the topic has no such partition */
    void checkPartition(int index) {
        if (index < 0 || index >= entry.partitions()) {
            throw new UnknownTopicOrPartitionException(entry.name(), index, entry.partitions());
        }
    }

    /**
     * @throws UnknownTopicOrPartitionException when the topic was deleted or has no such partition
     * @throws LogClosedException when the log was closed
     */
    Partition partition(int index) {
        checkPartition(index);
        checkOpen();
        Partition partition = partitions.get(index);
        return partition == null ? openPartition(index) : partition;
    }

    private synchronized Partition openPartition(int index) {
        checkOpen();
        Partition partition = partitions.get(index);
        if (partition == null) {
            partition = Partition.open(
                    storage,
                    entry.directory(index),
                    topicPartitions.get(index),
                    new PartitionConfig(config.segmentBytes(), config.indexIntervalBytes(), config.maxMessageBytes()),
                    recoveryListener);
            CopyOnWriteArrayList<Signal> raised = waiters.get(index);
            partition.onAppend(() -> raised.forEach(Signal::raise));
            partitions.set(index, partition);
        }
        return partition;
    }

    /** From now on every append to the partition raises the signal, until {@link #removeWaiter}. */
    void addWaiter(int index, Signal signal) {
        waiters.get(index).add(signal);
    }

    void removeWaiter(int index, Signal signal) {
        waiters.get(index).remove(signal);
    }

    /** Producers that begin without a key start at different partitions, by turns. */
    int nextFirstPartition() {
        return Math.floorMod(nextFirstPartition.getAndIncrement(), entry.partitions());
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
        state = State.DELETED;
        closePartitions(failure);
    }

    /** Closes the partitions, which forces them. */
    synchronized void close(FirstFailure failure) {
        if (state != State.OPEN) {
            return;
        }
        state = State.CLOSED;
        closePartitions(failure);
    }

    private void closePartitions(FirstFailure failure) {
        for (int i = partitions.length() - 1; i >= 0; i--) {
            Partition partition = partitions.get(i);
            if (partition != null) {
                failure.run(partition::close);
            }
        }
        waiters.forEach(signals -> signals.forEach(Signal::raise));
    }
}
