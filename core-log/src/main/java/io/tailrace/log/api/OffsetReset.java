package io.tailrace.log.api;

import java.time.Duration;
import java.time.Instant;

/**
 * Where the committed offsets of a group are to be moved, as Kafka's {@code kafka-consumer-groups --reset-offsets} offers it. An
 * offset outside of a partition becomes its first or its end offset.
 */
public sealed interface OffsetReset {

    /** The first record that is there. */
    record ToEarliest() implements OffsetReset {}

    /** Behind the last record. */
    record ToLatest() implements OffsetReset {}

    /** This offset. */
    record ToOffset(long offset) implements OffsetReset {}

    /** The first record at this time or later; behind the last record when all are older. */
    record ToDatetime(Instant datetime) implements OffsetReset {}

    /** As {@link ToDatetime}, that much before now. */
    record ByDuration(Duration duration) implements OffsetReset {}

    /** So many records on, or back when negative, from what is committed. */
    record ShiftBy(long records) implements OffsetReset {}

    static OffsetReset toEarliest() {
        return new ToEarliest();
    }

    static OffsetReset toLatest() {
        return new ToLatest();
    }

    static OffsetReset toOffset(long offset) {
        return new ToOffset(offset);
    }

    static OffsetReset toDatetime(Instant datetime) {
        return new ToDatetime(datetime);
    }

    static OffsetReset byDuration(Duration duration) {
        return new ByDuration(duration);
    }

    static OffsetReset shiftBy(long records) {
        return new ShiftBy(records);
    }
}
