package io.tailrace.stores.cache;

import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.processor.RecordContext;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The records that caused the writes which are held back, by slot, without their bytes. One thread. */
final class Origins {
    private static final Headers NO_HEADERS = noHeaders();

    private @Nullable String[] topics;
    private @Nullable Headers[] headers;
    private int[] partitions;
    private long[] offsets;
    private long[] timestamps;

    Origins(int capacity) {
        topics = new String[capacity];
        headers = new Headers[capacity];
        partitions = new int[capacity];
        offsets = new long[capacity];
        timestamps = new long[capacity];
    }

    private static Headers noHeaders() {
        RecordHeaders none = new RecordHeaders();
        none.setReadOnly();
        return none;
    }

    void ensure(int capacity) {
        if (capacity > topics.length) {
            topics = Arrays.copyOf(topics, capacity);
            headers = Arrays.copyOf(headers, capacity);
            partitions = Arrays.copyOf(partitions, capacity);
            offsets = Arrays.copyOf(offsets, capacity);
            timestamps = Arrays.copyOf(timestamps, capacity);
        }
    }

    void set(int slot, RecordContext origin) {
        String topic = origin.topic();
        if (!Objects.equals(
                topics[slot], topic)) { // a reference is written only if it changes: that is what the collector notices
            topics[slot] = topic;
        }
        Headers own = origin.headers();
        boolean none = own instanceof RecordHeaders known && known.isEmpty();
        if (!none || headers[slot] != null) {
            headers[slot] = none ? null : new RecordHeaders(own);
        }
        partitions[slot] = origin.partition();
        offsets[slot] = origin.offset();
        timestamps[slot] = origin.timestamp();
    }

    void copy(int slot, Origins from, int fromSlot) {
        topics[slot] = from.topics[fromSlot];
        headers[slot] = from.headers[fromSlot];
        partitions[slot] = from.partitions[fromSlot];
        offsets[slot] = from.offsets[fromSlot];
        timestamps[slot] = from.timestamps[fromSlot];
    }

    void clear(int slot) {
        headers[slot] = null;
    }

    /** Shows one slot. */
    final class View implements RecordContext {
        private int slot;

        View at(int shown) {
            slot = shown;
            return this;
        }

        @Override
        public @Nullable String topic() {
            return topics[slot];
        }

        @Override
        public int partition() {
            return partitions[slot];
        }

        @Override
        public long offset() {
            return offsets[slot];
        }

        @Override
        public long timestamp() {
            return timestamps[slot];
        }

        @Override
        public Headers headers() {
            Headers own = headers[slot];
            return own == null ? NO_HEADERS : own;
        }

        @Override
        public byte @Nullable [] sourceRawKey() {
            return null;
        }

        @Override
        public byte @Nullable [] sourceRawValue() {
            return null;
        }
    }
}
