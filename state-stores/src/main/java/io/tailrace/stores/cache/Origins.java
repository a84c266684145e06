package io.tailrace.stores.cache;

import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.processor.RecordContext;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The records that caused the writes which are held back, by slot, without their bytes. One thread. */
final class Origins {
    private static final Headers NO_HEADERS = noHeaders();
    private static final int TOPIC_SHIFT = Integer.SIZE; // in a place: number of the topic, partition

    private final Lines lines;
    private final List<@Nullable String> topics; // few: the task's inputs, and null for none
    private @Nullable Headers[] headers = {}; // by slot, as far as any slot had some

    Origins(Lines lines) {
        this(lines, new ArrayList<>());
    }

    private Origins(Lines lines, List<@Nullable String> topics) {
        this.lines = lines;
        this.topics = topics;
    }

    private static Headers noHeaders() {
        RecordHeaders none = new RecordHeaders();
        none.setReadOnly();
        return none;
    }

    /** To copy from these to others. */
    Origins others(Lines otherLines) {
        return new Origins(otherLines, topics);
    }

    void set(int slot, RecordContext origin) {
        lines.set(slot, Lines.PLACE, (number(origin.topic()) << TOPIC_SHIFT) | (origin.partition() & 0xFFFF_FFFFL));
        lines.set(slot, Lines.OFFSET, origin.offset());
        lines.set(slot, Lines.TIMESTAMP, origin.timestamp());
        Headers own = origin.headers();
        setHeaders(slot, own instanceof RecordHeaders known && known.isEmpty() ? null : new RecordHeaders(own));
    }

    private long number(@Nullable String topic) {
        for (int i = 0; i < topics.size(); i++) {
            if (Objects.equals(topics.get(i), topic)) {
                return i;
            }
        }
        topics.add(topic);
        return topics.size() - 1L;
    }

    void copy(int slot, Origins from, int fromSlot) {
        lines.set(slot, Lines.PLACE, from.lines.get(fromSlot, Lines.PLACE));
        lines.set(slot, Lines.OFFSET, from.lines.get(fromSlot, Lines.OFFSET));
        lines.set(slot, Lines.TIMESTAMP, from.lines.get(fromSlot, Lines.TIMESTAMP));
        setHeaders(slot, from.headers(fromSlot));
    }

    void clear(int slot) {
        setHeaders(slot, null);
    }

    private @Nullable Headers headers(int slot) {
        return slot < headers.length ? headers[slot] : null;
    }

    private void setHeaders(int slot, @Nullable Headers own) {
        if (own != null) {
            if (slot >= headers.length) {
                headers = Arrays.copyOf(headers, Math.max(slot + 1, headers.length * 2));
            }
            headers[slot] = own;
        } else if (slot < headers.length && headers[slot] != null) {
            headers[slot] = null;
        }
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
            return topics.get((int) (lines.get(slot, Lines.PLACE) >>> TOPIC_SHIFT));
        }

        @Override
        public int partition() {
            return (int) lines.get(slot, Lines.PLACE);
        }

        @Override
        public long offset() {
            return lines.get(slot, Lines.OFFSET);
        }

        @Override
        public long timestamp() {
            return lines.get(slot, Lines.TIMESTAMP);
        }

        @Override
        public Headers headers() {
            Headers own = Origins.this.headers(slot);
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
