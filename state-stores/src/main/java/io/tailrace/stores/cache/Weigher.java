package io.tailrace.stores.cache;

import io.tailrace.common.Bytes;
import io.tailrace.state.ValueAndTimestamp;
import java.util.UUID;

/**
 * Estimates how much memory keys and values take. Objects of unknown classes are judged by the bytes that values of the store had
 * when they were written or read. One thread.
 */
public final class Weigher {
    private static final int OBJECT_BYTES = 16;
    private static final int OBJECTS_PER_BYTES = 3; // a field of few bytes is an object and a reference to it
    private static final int SLOWNESS = 16;

    private int meanBytes = 64;

    /** A value had so many bytes. */
    public void observe(int bytes) {
        meanBytes += (bytes - meanBytes) / SLOWNESS;
    }

    int weigh(Object object) {
        if (object instanceof Number) {
            return OBJECT_BYTES + Long.BYTES;
        }
        if (object instanceof String text) {
            return 2 * OBJECT_BYTES + Long.BYTES + text.length();
        }
        if (object instanceof ValueAndTimestamp<?> timestamped) {
            Object value = timestamped.value();
            return OBJECT_BYTES + Long.BYTES + (value == null ? 0 : weigh(value));
        }
        if (object instanceof byte[] bytes) {
            return OBJECT_BYTES + bytes.length;
        }
        if (object instanceof Bytes bytes) {
            return 2 * OBJECT_BYTES + Long.BYTES + bytes.length();
        }
        if (object instanceof SpanKey span) {
            return OBJECT_BYTES + 3 * Long.BYTES + weigh(span.key());
        }
        if (object instanceof UUID) {
            return 2 * OBJECT_BYTES;
        }
        return OBJECT_BYTES + OBJECTS_PER_BYTES * meanBytes;
    }
}
