package io.tailrace.processor.time;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.Time;
import io.tailrace.processor.TimestampExtractor;

/** Makes the time at which a record is processed its event time. Two runs on the same input may differ. */
public class WallclockTimestampExtractor implements TimestampExtractor {
    private final Time time;

    /** Reads the system's clock, until {@link #withTime} gives it the application's. */
    public WallclockTimestampExtractor() {
        this(Time.SYSTEM);
    }

    public WallclockTimestampExtractor(Time time) {
        this.time = time;
    }

    /** A copy that reads {@code time}: an application binds the extractors of its topology to its own clock. */
    public WallclockTimestampExtractor withTime(Time time) {
        return new WallclockTimestampExtractor(time);
    }

    @Override
    public long extract(ConsumerRecord<Object, Object> record, long partitionTime) {
        return time.milliseconds();
    }
}
