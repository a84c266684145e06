package io.tailrace.runtime.task;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TopicPartition;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The input partitions of one task, merged by event time: {@link #next} is the one whose first record is the earliest. A task
 * has a handful of partitions, so they are simply looked through.
 *
 * <p>With several partitions, one that has nothing buffered may still hold the earliest record. By {@code max.task.idle.ms}
 * (KIP-353, KIP-695) the task waits for it: never when negative; at zero as long as the partition is known to hold records
 * that were not read yet; above zero also that long after its end was reached. Owner: the task's thread.
 */
final class InputQueues {
    private final InputQueue[] queues;
    private final Map<TopicPartition, InputQueue> byPartition = new LinkedHashMap<>();
    private InputProgress progress;
    private TurnClock clock;
    private final long maxIdleMs;

    InputQueues(Collection<InputQueue> queues, InputProgress progress, TurnClock clock, long maxIdleMs) {
        this.queues = queues.toArray(InputQueue[]::new);
        queues.forEach(queue -> byPartition.put(queue.partition, queue));
        this.progress = progress;
        this.clock = clock;
        this.maxIdleMs = maxIdleMs;
    }

    /** Goes on with the reader of another worker. */
    void attach(InputProgress newProgress, TurnClock newClock) {
        progress = newProgress;
        clock = newClock;
    }

    /** Forgets what is buffered; it will be read again. */
    void clear() {
        for (InputQueue queue : queues) {
            queue.clear();
        }
    }

    Collection<InputQueue> all() {
        return byPartition.values();
    }

    void add(TopicPartition partition, Collection<ConsumerRecord<byte[], byte[]>> records) {
        InputQueue queue = byPartition.get(partition);
        if (queue == null) {
            throw new IllegalArgumentException(
                    "records of " + partition + ", which is not among " + byPartition.keySet());
        }
        queue.add(records);
    }

    /** Forgets what is known about the ends of partitions: to be called once a turn, after reading. */
    void startTurn() {
        for (InputQueue queue : queues) {
            queue.endChecked = false;
        }
    }

    /** The queue whose head is to be processed, or null when there is none yet. */
    @Nullable
    InputQueue next() {
        InputQueue earliest = null;
        boolean mustWait = false;
        for (InputQueue queue : queues) {
            if (queue.advance()) {
                if (earliest == null || queue.headTimeMs() < earliest.headTimeMs()) {
                    earliest = queue;
                }
            } else {
                mustWait |= mayHoldAnEarlierRecord(queue);
            }
        }
        return mustWait ? null : earliest;
    }

    private boolean mayHoldAnEarlierRecord(InputQueue empty) {
        if (maxIdleMs < 0 || queues.length == 1) {
            return false;
        }
        if (!empty.endChecked) {
            empty.endChecked = true;
            empty.atEnd = progress.isAtEnd(empty.partition);
        }
        if (!empty.atEnd) {
            return true;
        }
        if (maxIdleMs == 0) {
            return false;
        }
        if (empty.idleSinceMs < 0) {
            empty.idleSinceMs = clock.milliseconds();
        }
        return clock.milliseconds() - empty.idleSinceMs < maxIdleMs;
    }

    /** When waiting for partitions without records ends, in epoch milliseconds; the largest long for no waiting. */
    long nextDeadlineMs() {
        if (maxIdleMs <= 0 || !hasRecords()) {
            return Long.MAX_VALUE;
        }
        long last = Long.MIN_VALUE;
        for (InputQueue queue : queues) {
            if (queue.size() == 0 && queue.idleSinceMs >= 0) {
                last = Math.max(last, queue.idleSinceMs + maxIdleMs);
            }
        }
        return last == Long.MIN_VALUE ? Long.MAX_VALUE : last;
    }

    private boolean hasRecords() {
        return Arrays.stream(queues).anyMatch(queue -> queue.size() > 0);
    }
}
