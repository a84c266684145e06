package io.tailrace.log.client;

import io.tailrace.common.Murmur2;
import io.tailrace.common.header.Headers;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One topic as one producer writes it: chooses partitions and keeps a batch for each that was used.
 *
 * <p>Records without a key stick to a partition until its batch is appended and then go on with the next one (KIP-480), so
 * that they fill batches instead of many small ones.
 *
 * <p><b>Threads:</b> any.
 */
final class TopicSink {
    private final Accumulator.Shared shared;
    private final Topic topic;
    private volatile AtomicReferenceArray<@Nullable Accumulator> accumulators; // by partition; written under this
    private final AtomicInteger sticky;
    private boolean closed; // guarded by this

    TopicSink(Accumulator.Shared shared, Topic topic) {
        this.shared = shared;
        this.topic = topic;
        this.accumulators = new AtomicReferenceArray<>(topic.partitionCount());
        this.sticky = new AtomicInteger(topic.nextFirstPartition());
    }

    /** Whether the topic is still there; if not, the name has to be looked up again. */
    boolean isUsable() {
        return topic.isOpen();
    }

    /** @param wanted the partition that the record names, or null */
    void add(
            @Nullable Integer wanted,
            long timestamp,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Headers headers,
            @Nullable PendingSend future) {
        if (wanted != null) {
            topic.checkPartition(wanted);
            accumulator(wanted).add(timestamp, key, value, headers, future, false);
        } else if (key != null) {
            int partition = Murmur2.toPartition(key, topic.partitionCount());
            accumulator(partition).add(timestamp, key, value, headers, future, false);
        } else if (!accumulator(sticky.get()).add(timestamp, null, value, headers, future, true)) {
            accumulator(sticky.get()).add(timestamp, null, value, headers, future, false);
        }
    }

    private void unstick(int partition) {
        sticky.compareAndSet(partition, (partition + 1) % topic.partitionCount());
    }

    private Accumulator accumulator(int partition) {
        AtomicReferenceArray<@Nullable Accumulator> current = accumulators;
        Accumulator accumulator = partition < current.length() ? current.get(partition) : null;
        return accumulator == null ? newAccumulator(partition) : accumulator;
    }

    private synchronized Accumulator newAccumulator(int partition) {
        if (partition >= accumulators.length()) {
            accumulators = grown();
        }
        Accumulator accumulator = accumulators.get(partition);
        if (accumulator == null) {
            accumulator = new Accumulator(shared, topic, partition, this::unstick);
            if (closed) {
                accumulator.close();
            }
            accumulators.set(partition, accumulator);
        }
        return accumulator;
    }

    /** The topic has got more partitions since. */
    private AtomicReferenceArray<@Nullable Accumulator> grown() {
        AtomicReferenceArray<@Nullable Accumulator> longer = new AtomicReferenceArray<>(topic.partitionCount());
        for (int i = 0; i < accumulators.length(); i++) {
            longer.set(i, accumulators.get(i));
        }
        return longer;
    }

    void flush() {
        forEach(Accumulator::flush);
    }

    /** Fails what is buffered. */
    void drop(RuntimeException reason) {
        forEach(accumulator -> accumulator.drop(reason));
    }

    void forgetGaps() {
        forEach(Accumulator::forgetGap);
    }

    void flushUntil(long deadlineNs) {
        forEach(accumulator -> accumulator.flushUntil(deadlineNs));
    }

    /** Refuses records from now on. */
    synchronized void close() {
        closed = true;
        forEach(Accumulator::close);
    }

    private void forEach(Consumer<Accumulator> action) {
        AtomicReferenceArray<@Nullable Accumulator> current = accumulators;
        for (int i = 0; i < current.length(); i++) {
            Accumulator accumulator = current.get(i);
            if (accumulator != null) {
                action.accept(accumulator);
            }
        }
    }
}
