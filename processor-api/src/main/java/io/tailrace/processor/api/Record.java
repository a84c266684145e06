package io.tailrace.processor.api;

import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.errors.StreamsException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What flows from processor to processor: a key, a value, an event time and headers (KIP-478).
 *
 * <p>Immutable: {@code with…} makes another record and leaves this one as it is. Key and value are not copied. Only the
 * headers of one record can be changed in place, through {@link #headers()}; they are copied into every record made from
 * this one, so a change shows in this record alone, wherever it is held. Owner: one thread at a time.
 */
@SuppressWarnings("JavaLangClash") // the name that code written for Kafka Streams uses
public final class Record<K, V> {
    private final @Nullable K key;
    private final @Nullable V value;
    private final long timestamp;

    /** Null stands for no headers, so that a record without any, the usual case, costs one object. */
    private @Nullable Headers headers;

    /**
     * @param timestamp epoch milliseconds
     * @throws StreamsException when {@code timestamp} is negative
     */
    public Record(@Nullable K key, @Nullable V value, long timestamp) {
        this(key, value, timestamp, null);
    }

    /**
     * @param timestamp epoch milliseconds
     * @param headers are copied; null for none
     * @throws StreamsException when {@code timestamp} is negative
     */
    public Record(@Nullable K key, @Nullable V value, long timestamp, @Nullable Headers headers) {
        if (timestamp < 0) {
            throw new StreamsException("record timestamp " + timestamp + ": expected epoch milliseconds, 0 or more");
        }
        this.key = key;
        this.value = value;
        this.timestamp = timestamp;
        this.headers = copyOf(headers);
    }

    public @Nullable K key() {
        return key;
    }

    public @Nullable V value() {
        return value;
    }

    /** Event time in epoch milliseconds. */
    public long timestamp() {
        return timestamp;
    }

    /** This record's own headers: adding or removing some changes this record. */
    public Headers headers() {
        Headers own = headers;
        if (own == null) {
            own = new RecordHeaders();
            headers = own;
        }
        return own;
    }

    /** Whether {@link #headers()} holds any; asking costs nothing. */
    public boolean hasHeaders() {
        return headers != null && !(headers instanceof RecordHeaders known && known.isEmpty());
    }

    public <NewK> Record<NewK, V> withKey(@Nullable NewK key) {
        return new Record<>(key, value, timestamp, headers);
    }

    public <NewV> Record<K, NewV> withValue(@Nullable NewV value) {
        return new Record<>(key, value, timestamp, headers);
    }

    /** @throws StreamsException when {@code timestamp} is negative */
    public Record<K, V> withTimestamp(long timestamp) {
        return new Record<>(key, value, timestamp, headers);
    }

    /** @param headers are copied */
    public Record<K, V> withHeaders(@Nullable Headers headers) {
        return new Record<>(key, value, timestamp, headers);
    }

    private static @Nullable Headers copyOf(@Nullable Headers headers) {
        if (headers == null || (headers instanceof RecordHeaders known && known.isEmpty())) {
            return null;
        }
        return new RecordHeaders(headers);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Record<?, ?> that
                && timestamp == that.timestamp
                && Objects.equals(key, that.key)
                && Objects.equals(value, that.value)
                && headers().equals(that.headers());
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, value, timestamp, headers());
    }

    @Override
    public String toString() {
        return "Record{key=" + key + ", value=" + value + ", timestamp=" + timestamp + ", headers=" + headers() + "}";
    }
}
