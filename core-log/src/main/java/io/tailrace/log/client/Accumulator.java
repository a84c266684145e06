package io.tailrace.log.client;

import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.LogClosedException;
import io.tailrace.common.errors.RecordTooLargeException;
import io.tailrace.common.errors.TailraceException;
import io.tailrace.common.errors.TimeoutException;
import io.tailrace.common.header.Headers;
import io.tailrace.log.catalog.TopicConfig;
import io.tailrace.log.record.BatchWriter;
import io.tailrace.log.record.compress.Codec;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The batch that one producer collects for one partition. It is appended by the thread whose record no longer fits or may not
 * linger, by the sender thread when the first record has lingered long enough, or by a flush; always under the lock, so batches keep their
 * order.
 *
 * <p><b>Threads:</b> any. Futures are completed through {@link Completions}, never under the lock.
 */
final class Accumulator implements Sender.Task {

    /** What the partitions of one producer have in common. */
    record Shared(
            Time time,
            Sender sender,
            Completions completions,
            int batchBytes,
            Codec codec,
            Appender appender,
            long lingerNs,
            Unacknowledged unacknowledged,
            Consumer<RuntimeException> postFailed) {}

    /** Growth of a batch that is counted at once: the count is shared by all partitions. */
    private static final int COUNT_STEP_BYTES = 4096;

    private final Shared shared;
    private final Topic topic;
    private final TopicPartition partition;
    private final IntConsumer batchAppended;
    private final Sequence sequence;
    private final ReentrantLock lock = new ReentrantLock();

    // guarded by lock
    private final BatchWriter batch;
    private List<PendingSend> futures = new ArrayList<>();
    private int countedBytes; // of the batch
    private boolean hasPosts;
    private @Nullable RuntimeException gap; // the failure of a post that the caller has not heard of yet
    private long dueNs;
    private boolean scheduled;
    private boolean closed;

    /** @param batchAppended told the partition's number whenever a batch is done with, well or not; under the lock */
    Accumulator(Shared shared, Topic topic, int index, IntConsumer batchAppended) {
        this.shared = shared;
        this.topic = topic;
        this.partition = topic.topicPartition(index);
        this.batchAppended = batchAppended;
        this.sequence = shared.appender().sequence(topic, index);
        this.batch =
                new BatchWriter(Math.min(shared.batchBytes(), topic.config().maxMessageBytes()), shared.codec());
    }

    /**
     * Adds a record.
     *
     * @param future null when nobody waits
     * @param mayMove whether the caller would rather take another partition than begin a new batch here
     * @return false when the batch was full: it has been appended, the record was not added
     */
    boolean add(
            long timestamp,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Headers headers,
            @Nullable PendingSend future,
            boolean mayMove) {
        boolean appended = false;
        lock.lock();
        try {
            if (closed) {
                throw new LogClosedException("producer");
            }
            if (!batch.tryAppend(timestamp, key, value, headers)) {
                append();
                appended = true;
                if (mayMove) {
                    return false;
                }
                batch.tryAppend(timestamp, key, value, headers); // an empty batch takes any record
            }
            boolean atOnce = isWantedAtOnce(future);
            added(timestamp, future, atOnce);
            if (atOnce || batch.sizeInBytes() >= shared.batchBytes()) {
                append();
                appended = true;
            }
            return true;
        } finally {
            lock.unlock();
            if (appended) {
                shared.completions().run();
            }
        }
    }

    /**
     * Without a linger, who waits for a record appends it here: handing it to the sender thread would cost more than the append.
     * Records of threads that queue for the lock at this moment join the batch, and the last of them appends it.
     */
    private boolean isWantedAtOnce(@Nullable PendingSend future) {
        return future != null && shared.lingerNs() == 0 && !lock.hasQueuedThreads();
    }

    private void added(long timestamp, @Nullable PendingSend future, boolean atOnce) {
        if (batch.count() == 1) {
            int size = batch.sizeInBytes();
            int limit = topic.config().maxMessageBytes();
            if (size > limit && shared.codec() == Codec.NONE) { // compressed, it may fit: the partition will see
                batch.reset();
                throw new RecordTooLargeException(topic.name(), size, limit, TopicConfig.MAX_MESSAGE_BYTES.name());
            }
            shared.appender().begun(partition);
            if (!atOnce) {
                dueNs = shared.time().nanoseconds() + shared.lingerNs();
                if (!scheduled) {
                    scheduled = true;
                    shared.sender().schedule(this, dueNs);
                }
            }
        }
        int growth = batch.sizeInBytes() - countedBytes;
        if (growth >= COUNT_STEP_BYTES || countedBytes == 0) {
            countedBytes += growth;
            shared.unacknowledged().buffered(growth);
        }
        if (future == null) {
            hasPosts = true;
        } else {
            future.placed(batch.count() - 1, timestamp);
            futures.add(future);
        }
    }

    /** Appends what is there, in the calling thread. Its futures may be completed by another one. */
    void flush() {
        lock.lock();
        try {
            append();
        } finally {
            lock.unlock();
        }
    }

    /** As {@link #flush}, but fails what is there when the time has come. */
    void flushUntil(long deadlineNs) {
        boolean locked = false;
        boolean interrupted = false;
        try {
            locked = lock.tryLock(Math.max(0, deadlineNs - shared.time().nanoseconds()), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            interrupted = true;
        }
        if (!locked) {
            lock.lock(); // the holder is appending; waiting for it is the only way to know what it has not taken
        }
        try {
            if (locked && deadlineNs - shared.time().nanoseconds() > 0) {
                append();
            } else if (batch.count() > 0) {
                fail(new TimeoutException("producer closed before the batch of " + batch.count() + " records for "
                        + partition + " could be appended; close it with a longer timeout"));
            }
        } finally {
            lock.unlock();
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Refuses records from now on; what is still there has to be flushed before. */
    void close() {
        lock.lock();
        try {
            closed = true;
            append(); // records of threads that were in send() when the producer was closed
            if (scheduled) {
                shared.sender().cancel(this); // or a long linger would keep the closed producer in memory
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long run(long nowNs) {
        lock.lock();
        try {
            if (batch.count() > 0 && dueNs - nowNs > 0) {
                return dueNs; // the batch that was scheduled has gone, this is a younger one
            }
            scheduled = false;
            append();
        } finally {
            lock.unlock();
        }
        shared.completions().run();
        return Sender.DONE;
    }

    /** The caller is about to hear of the failure of a post: what was posted since fails with it, what comes now is new. */
    void forgetGap() {
        lock.lock();
        try {
            if (gap != null) {
                append();
                gap = null;
            }
        } finally {
            lock.unlock();
        }
    }

    /** The transaction is aborted: fails what is there; nobody has to hear of a post. */
    void drop(RuntimeException reason) {
        lock.lock();
        try {
            hasPosts = false;
            gap = null;
            if (batch.count() > 0) {
                fail(reason);
            }
        } finally {
            lock.unlock();
        }
    }

    private void append() {
        if (batch.count() == 0) {
            return;
        }
        if (gap != null && hasPosts) {
            fail(gap); // posted before the caller could know: appended, it would stand in front of what he repeats
            return;
        }
        long baseOffset;
        try {
            baseOffset = shared.appender().append(topic, partition.partition(), batch, sequence);
        } catch (RuntimeException e) {
            fail(topic.explain(e));
            return;
        } catch (Error e) { // whoever waits must hear of an assertion or of memory that ran out, too
            fail(new TailraceException("cannot append to " + partition, e));
            return;
        }
        List<PendingSend> appended = futures;
        futures = appended.isEmpty() ? appended : new ArrayList<>();
        boolean posted = hasPosts;
        int bytes = countedBytes;
        countedBytes = 0;
        shared.unacknowledged()
                .appended(
                        topic.partition(partition.partition()),
                        baseOffset + batch.count(),
                        bytes,
                        failure -> acknowledge(appended, posted, baseOffset, failure));
        begin();
    }

    /** On the flusher's thread, unless the log acknowledges at once. */
    private void acknowledge(
            List<PendingSend> appended, boolean posted, long baseOffset, @Nullable RuntimeException failure) {
        if (failure == null) {
            if (!appended.isEmpty()) {
                shared.completions().add(() -> appended.forEach(future -> future.appended(partition, baseOffset)));
            }
            return;
        }
        RuntimeException reason = topic.explain(failure);
        shared.appender().unacknowledged(reason);
        if (posted) {
            shared.postFailed().accept(reason);
        }
        shared.completions().add(() -> appended.forEach(future -> future.completeExceptionally(reason)));
    }

    private void fail(RuntimeException failure) {
        if (hasPosts) {
            gap = failure;
            shared.postFailed().accept(failure);
        }
        shared.unacknowledged().released(countedBytes);
        countedBytes = 0;
        List<PendingSend> failed = futures;
        futures = new ArrayList<>();
        shared.completions().add(() -> failed.forEach(future -> future.completeExceptionally(failure)));
        begin();
    }

    private void begin() {
        hasPosts = false;
        batch.reset();
        batchAppended.accept(partition.partition());
    }

    @Override
    public String toString() {
        return "batch for " + partition;
    }
}
