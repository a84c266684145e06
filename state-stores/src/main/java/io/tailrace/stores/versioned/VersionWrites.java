package io.tailrace.stores.versioned;

import static io.tailrace.state.VersionedKeyValueStore.PUT_RETURN_CODE_VALID_TO_UNDEFINED;

import io.tailrace.common.Bytes;
import io.tailrace.processor.KeyValue;
import io.tailrace.stores.bytes.ByteStore;
import io.tailrace.stores.bytes.OrderedBytes;
import io.tailrace.stores.segment.Retention;
import io.tailrace.stores.segment.StreamClock;
import io.tailrace.stores.segment.TimedKey;
import org.jspecify.annotations.Nullable;

/**
 * Puts a version into its place among those of its key, wherever in time that is. The spans of a key's versions never
 * overlap, and the place where one ends is never forgotten while something could still be put before it. Owner: the
 * task's thread.
 */
final class VersionWrites {
    private final ByteStore bytes;
    private final VersionedReads reads;
    private final Retention retention;
    private final StreamClock clock;

    VersionWrites(ByteStore bytes, VersionedReads reads, Retention retention, StreamClock clock) {
        this.bytes = bytes;
        this.reads = reads;
        this.retention = retention;
        this.clock = clock;
    }

    /** @return where the version ends, as {@link io.tailrace.state.VersionedKeyValueStore#put} says */
    long put(Bytes key, byte @Nullable [] value, long timeMs) {
        Bytes latestKey = VersionRow.latestKey(key);
        byte[] latest = bytes.get(latestKey);
        if (latest != null && VersionRow.validFrom(latest) <= timeMs) {
            replaceLatest(key, latestKey, latest, value, timeMs);
            return PUT_RETURN_CODE_VALID_TO_UNDEFINED;
        }
        KeyValue<Bytes, byte[]> next = reads.firstEndingAfter(key, timeMs);
        if (next != null) {
            return putBefore(key, OrderedBytes.keyOf(next), OrderedBytes.valueOf(next), value, timeMs);
        }
        if (latest != null) {
            long endMs = VersionRow.validFrom(latest);
            putIntoGap(key, endMs, value, timeMs);
            return endMs;
        }
        if (value == null) {
            markDeletion(key, timeMs);
        } else {
            bytes.put(latestKey, VersionRow.of(timeMs, value));
        }
        return PUT_RETURN_CODE_VALID_TO_UNDEFINED;
    }

    private void replaceLatest(Bytes key, Bytes latestKey, byte[] latest, byte @Nullable [] value, long timeMs) {
        if (VersionRow.validFrom(latest) < timeMs) {
            putRow(key, timeMs, latest);
        } else if (value == null) {
            markDeletion(key, timeMs);
        }
        bytes.put(latestKey, value == null ? null : VersionRow.of(timeMs, value));
    }

    /** At a time before the end of an earlier row: within its span, or in the gap before it. */
    private long putBefore(Bytes key, Bytes rowKey, byte[] row, byte @Nullable [] value, long timeMs) {
        long endMs = TimedKey.VERSION.timeOf(rowKey.get());
        long fromMs = VersionRow.validFrom(row);
        if (fromMs > timeMs) {
            putIntoGap(key, fromMs, value, timeMs);
            return fromMs;
        }
        if (fromMs < timeMs) {
            putRow(key, timeMs, row);
        } else if (value == null) {
            markDeletion(key, timeMs);
        }
        // Not removed but marked, since a deletion at its end may be known from nothing else.
        putRow(key, endMs, value == null ? VersionRow.deletion(endMs) : VersionRow.of(timeMs, value));
        return endMs;
    }

    private void putIntoGap(Bytes key, long endMs, byte @Nullable [] value, long timeMs) {
        if (value == null) {
            markDeletion(key, timeMs);
        } else {
            putRow(key, endMs, VersionRow.of(timeMs, value));
        }
    }

    private void markDeletion(Bytes key, long timeMs) {
        if (reads.rowEndingAt(key, timeMs) == null) {
            putRow(key, timeMs, VersionRow.deletion(timeMs));
        }
    }

    /** One that has expired already, which the oldest write allowed may make, is left out. */
    private void putRow(Bytes key, long endMs, byte[] row) {
        if (endMs >= retention.earliestMs(clock.nowMs())) {
            bytes.put(TimedKey.VERSION.of(retention.segmentOf(endMs), key, endMs, 0), row);
        }
    }
}
