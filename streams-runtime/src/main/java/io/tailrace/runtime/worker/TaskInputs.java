package io.tailrace.runtime.worker;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.OffsetOutOfRangeException;
import io.tailrace.common.errors.WakeupException;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerRecords;
import io.tailrace.runtime.task.ActiveTask;
import io.tailrace.runtime.task.InputProgress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the input partitions of several tasks with one consumer and hands the records to their tasks. A partition of which
 * enough is buffered is not read until some of that was processed. Owner: the worker's thread, but for {@link #wakeup}.
 */
public final class TaskInputs implements InputProgress, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(TaskInputs.class);

    private final Consumer<byte[], byte[]> consumer;
    private final int maxBuffered;
    private final BiConsumer<Consumer<byte[], byte[]>, TopicPartition> outOfRange;
    private final Map<TopicPartition, ActiveTask> owners = new LinkedHashMap<>();
    private final Set<TopicPartition> paused = new LinkedHashSet<>();

    /**
     * @param consumer without subscription; closed by {@link #close}
     * @param maxBuffered records per partition
     * @param outOfRange seeks anew when the records at a position were removed
     */
    public TaskInputs(
            Consumer<byte[], byte[]> consumer,
            int maxBuffered,
            BiConsumer<Consumer<byte[], byte[]>, TopicPartition> outOfRange) {
        this.consumer = consumer;
        this.maxBuffered = maxBuffered;
        this.outOfRange = outOfRange;
    }

    /** Begins to read the partitions of these tasks, each at its offset. */
    public void assign(List<ActiveTask> tasks, Map<TopicPartition, Long> offsets) {
        tasks.forEach(task -> task.plan().inputs().forEach(input -> owners.put(input, task)));
        consumer.assign(owners.keySet());
        offsets.forEach(consumer::seek);
    }

    /** Reads nothing; waits up to {@code timeout} or until {@link #wakeup}. */
    public void awaitWakeup(Duration timeout) {
        Set<TopicPartition> all = owners.keySet();
        consumer.pause(all);
        try {
            consumer.poll(timeout);
        } catch (WakeupException e) {
            return; // the one who woke us wants the worker to look at its flags, which it does next
        } finally {
            consumer.resume(all);
            consumer.pause(paused);
        }
    }

    /** Reads what is there, waiting up to {@code timeout} for something; returns the number of records. */
    public int poll(Duration timeout) {
        if (owners.isEmpty()) {
            return 0;
        }
        resumeDrained();
        ConsumerRecords<byte[], byte[]> records;
        try {
            records = consumer.poll(timeout);
        } catch (WakeupException e) {
            return 0; // the one who woke us wants the worker to look at its flags, which it does next
        } catch (OffsetOutOfRangeException e) {
            LOG.warn("{}; reading goes on where auto.offset.reset says", e.getMessage());
            outOfRange.accept(consumer, new TopicPartition(e.topic(), e.partition()));
            return 0;
        }
        for (TopicPartition partition : records.partitions()) {
            ActiveTask task = owners.get(partition);
            if (task == null) {
                throw new IllegalStateException("records of " + partition + ", which is not among " + owners.keySet());
            }
            task.add(partition, records.records(partition));
            if (task.buffered(partition) >= maxBuffered) {
                paused.add(partition);
                consumer.pause(List.of(partition));
            }
        }
        return records.count();
    }

    private void resumeDrained() {
        if (paused.isEmpty()) {
            return;
        }
        List<TopicPartition> drained = new ArrayList<>();
        for (TopicPartition partition : paused) {
            ActiveTask task = owners.get(partition);
            if (task == null || task.buffered(partition) < maxBuffered) {
                drained.add(partition);
            }
        }
        if (!drained.isEmpty()) {
            drained.forEach(paused::remove);
            consumer.resume(drained);
        }
    }

    @Override
    public long position(TopicPartition partition) {
        return consumer.position(partition);
    }

    @Override
    public boolean isAtEnd(TopicPartition partition) {
        return consumer.currentLag(partition).orElse(Long.MAX_VALUE) == 0;
    }

    /** Ends a {@link #poll} that waits. Any thread. */
    public void wakeup() {
        consumer.wakeup();
    }

    @Override
    public void close() {
        consumer.close();
    }
}
