package io.tailrace.runtime.task;

import io.tailrace.processor.Cancellable;
import io.tailrace.processor.PunctuationType;
import io.tailrace.processor.Punctuator;
import java.time.Duration;
import java.time.Instant;
import java.util.PriorityQueue;

/**
 * The punctuators of one task, on both clocks.
 *
 * <p>A punctuator is due when its clock has reached its time. It is called once, however many intervals were leapt over, and
 * is then due at the next multiple of its interval that lies ahead, so that a gap does not cause a burst of calls. Owner: the
 * task's thread.
 */
final class Punctuations {
    private static final long NEVER = Long.MAX_VALUE;

    private final TaskScope scope;
    private final PriorityQueue<Schedule> onStreamTime = new PriorityQueue<>();
    private final PriorityQueue<Schedule> onWallClock = new PriorityQueue<>();
    private long scheduled;

    Punctuations(TaskScope scope) {
        this.scope = scope;
    }

    /** First due one interval from now, or on stream time with the first record, as Kafka Streams has it. */
    Cancellable schedule(String node, Duration interval, PunctuationType type, Punctuator punctuator) {
        long intervalMs = intervalMs(node, interval);
        long firstMs =
                type == PunctuationType.STREAM_TIME ? 0 : scope.services.clock().milliseconds() + intervalMs;
        return add(new Schedule(node, firstMs, intervalMs, punctuator, scheduled++), type);
    }

    /** First due at {@code startTime} or, when that has passed, at the next multiple of the interval after it. */
    Cancellable scheduleAligned(
            String node, Instant startTime, Duration interval, PunctuationType type, Punctuator punctuator) {
        long intervalMs = intervalMs(node, interval);
        long startMs = startTime.toEpochMilli();
        if (startMs < 0) {
            throw new IllegalArgumentException("processor '" + node + "' schedules from " + startTime
                    + " on, expected 1970-01-01T00:00:00Z or later");
        }
        long nowMs = type == PunctuationType.STREAM_TIME
                ? scope.streamTimeMs
                : scope.services.clock().milliseconds();
        long missed = nowMs <= startMs ? 0 : (nowMs - startMs + intervalMs - 1) / intervalMs;
        return add(new Schedule(node, startMs + missed * intervalMs, intervalMs, punctuator, scheduled++), type);
    }

    private static long intervalMs(String node, Duration interval) {
        long intervalMs = interval.toMillis();
        if (intervalMs < 1) {
            throw new IllegalArgumentException(
                    "processor '" + node + "' schedules every " + interval + ", expected at least 1 ms");
        }
        return intervalMs;
    }

    private Cancellable add(Schedule schedule, PunctuationType type) {
        (type == PunctuationType.STREAM_TIME ? onStreamTime : onWallClock).add(schedule);
        return schedule;
    }

    /** Calls what is due at the task's stream time; returns the number of calls. */
    int fireStreamTime() {
        return onStreamTime.isEmpty() ? 0 : fire(onStreamTime, scope.streamTimeMs);
    }

    /** Calls what is due on the turn's clock; returns the number of calls. */
    int fireWallClock() {
        return onWallClock.isEmpty()
                ? 0
                : fire(onWallClock, scope.services.clock().milliseconds());
    }

    /** When a wall-clock punctuator is due next, in epoch milliseconds; the largest long for never. */
    long nextWallClockMs() {
        Schedule first = onWallClock.peek();
        return first == null ? NEVER : first.dueMs;
    }

    private int fire(PriorityQueue<Schedule> schedules, long nowMs) {
        int calls = 0;
        for (Schedule first = schedules.peek(); first != null && first.dueMs <= nowMs; first = schedules.peek()) {
            schedules.remove();
            if (!first.cancelled) {
                call(first, nowMs);
                calls++;
            }
            if (!first.cancelled) {
                first.dueMs += ((nowMs - first.dueMs) / first.intervalMs + 1) * first.intervalMs;
                schedules.add(first);
            }
        }
        return calls;
    }

    private void call(Schedule schedule, long nowMs) {
        try {
            scope.dirty = true;
            scope.at(nowMs, null);
            schedule.punctuator.punctuate(nowMs);
        } catch (Exception e) {
            scope.failures.processing("punctuator of", schedule.node, null, e);
        }
    }

    /** One punctuator with its time; ties are called in the order of scheduling. */
    private static final class Schedule implements Cancellable, Comparable<Schedule> {
        private final String node;
        private final long intervalMs;
        private final Punctuator punctuator;
        private final long sequence;
        private long dueMs;
        private boolean cancelled;

        Schedule(String node, long dueMs, long intervalMs, Punctuator punctuator, long sequence) {
            this.node = node;
            this.dueMs = dueMs;
            this.intervalMs = intervalMs;
            this.punctuator = punctuator;
            this.sequence = sequence;
        }

        @Override
        public void cancel() {
            cancelled = true;
        }

        @Override
        public int compareTo(Schedule that) {
            int byTime = Long.compare(dueMs, that.dueMs);
            return byTime != 0 ? byTime : Long.compare(sequence, that.sequence);
        }
    }
}
