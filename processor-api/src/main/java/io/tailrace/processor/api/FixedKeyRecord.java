package io.tailrace.processor.api;

import io.tailrace.common.header.Headers;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Record} whose key cannot be replaced, so that what is made from it stays in its partition (KIP-820). Code
 * under {@link FixedKeyProcessor} gets it and derives others from it, but cannot make one from nothing.
 */
public final class FixedKeyRecord<K, V> {
    private final Record<K, V> record;

    FixedKeyRecord(Record<K, V> record) {
        this.record = record;
    }

    /** The record inside, for the factory; its headers are this one's own. */
    Record<K, V> unwrap() {
        return record;
    }

    public @Nullable K key() {
        return record.key();
    }

    public @Nullable V value() {
        return record.value();
    }

    /** Event time in epoch milliseconds. */
    public long timestamp() {
        return record.timestamp();
    }

    /** This record's own headers: adding or removing some changes this record. */
    public Headers headers() {
        return record.headers();
    }

    public <NewV> FixedKeyRecord<K, NewV> withValue(@Nullable NewV value) {
        return new FixedKeyRecord<>(record.withValue(value));
    }

    /** @throws io.tailrace.errors.StreamsException when {@code timestamp} is negative */
    public FixedKeyRecord<K, V> withTimestamp(long timestamp) {
        return new FixedKeyRecord<>(record.withTimestamp(timestamp));
    }

    /** @param headers are copied */
    public FixedKeyRecord<K, V> withHeaders(@Nullable Headers headers) {
        return new FixedKeyRecord<>(record.withHeaders(headers));
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FixedKeyRecord<?, ?> that && record.equals(that.record);
    }

    @Override
    public int hashCode() {
        return Objects.hash(record);
    }

    @Override
    public String toString() {
        return "FixedKey" + record;
    }
}
