package io.tailrace.log;

import io.tailrace.common.Time;

/**
 * How a log is opened. Immutable; each {@code with} returns a changed copy.
 *
 * @param time the clock: timestamps of records that have none, linger and timeouts
 * @param autoCreateTopics whether sending to a topic that does not exist creates it
 * @param defaultPartitions of topics that are created automatically, from 1
 * @param segmentBytes the {@code segment.bytes} of topics that do not set it, from 1024
 */
public record LogOptions(Time time, boolean autoCreateTopics, int defaultPartitions, int segmentBytes) {

    /** The machine's clock; topics created automatically, with one partition; segments of 1 GiB, as in Kafka. */
    public static final LogOptions DEFAULT = new LogOptions(Time.SYSTEM, true, 1, 1 << 30);

    private static final int MIN_SEGMENT_BYTES = 1024;

    public LogOptions {
        if (defaultPartitions < 1) {
            throw new IllegalArgumentException("defaultPartitions " + defaultPartitions + ", expected 1 or more");
        }
        if (segmentBytes < MIN_SEGMENT_BYTES) {
            throw new IllegalArgumentException(
                    "segmentBytes " + segmentBytes + ", expected " + MIN_SEGMENT_BYTES + " or more");
        }
    }

    public LogOptions withTime(Time newTime) {
        return new LogOptions(newTime, autoCreateTopics, defaultPartitions, segmentBytes);
    }

    public LogOptions withAutoCreateTopics(boolean newAutoCreateTopics) {
        return new LogOptions(time, newAutoCreateTopics, defaultPartitions, segmentBytes);
    }

    public LogOptions withDefaultPartitions(int newDefaultPartitions) {
        return new LogOptions(time, autoCreateTopics, newDefaultPartitions, segmentBytes);
    }

    public LogOptions withSegmentBytes(int newSegmentBytes) {
        return new LogOptions(time, autoCreateTopics, defaultPartitions, newSegmentBytes);
    }
}
