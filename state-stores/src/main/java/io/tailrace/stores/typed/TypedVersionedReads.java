package io.tailrace.stores.typed;

import io.tailrace.common.Bytes;
import io.tailrace.errors.StreamsException;
import io.tailrace.state.ReadOnlyVersionedKeyValueStore;
import io.tailrace.state.VersionedRecord;
import io.tailrace.state.VersionedRecordIterator;
import org.jspecify.annotations.Nullable;

/** The reading half of a typed versioned store. */
final class TypedVersionedReads<K, V> implements ReadOnlyVersionedKeyValueStore<K, V> {
    private final String storeName;
    private final ReadOnlyVersionedKeyValueStore<Bytes, byte[]> bytes;
    private final Entries<K, V> entries;

    TypedVersionedReads(String storeName, ReadOnlyVersionedKeyValueStore<Bytes, byte[]> bytes, Entries<K, V> entries) {
        this.storeName = storeName;
        this.bytes = bytes;
        this.entries = entries;
    }

    @Override
    public @Nullable VersionedRecord<V> get(K key) {
        return typed(bytes.get(entries.key(key)));
    }

    @Override
    public @Nullable VersionedRecord<V> get(K key, long asOfTimestamp) {
        return typed(bytes.get(entries.key(key), asOfTimestamp));
    }

    @Override
    public VersionedRecordIterator<V> history(K key, long fromMs, long toMs, boolean ascending) {
        VersionedRecordIterator<byte[]> versions = bytes.history(entries.key(key), fromMs, toMs, ascending);
        return new VersionedRecordIterator<>() {
            @Override
            public boolean hasNext() {
                return versions.hasNext();
            }

            @Override
            public VersionedRecord<V> next() {
                return typedOf(versions.next());
            }

            @Override
            public void close() {
                versions.close();
            }
        };
    }

    @Nullable
    VersionedRecord<V> typed(@Nullable VersionedRecord<byte[]> version) {
        return version == null ? null : typedOf(version);
    }

    private VersionedRecord<V> typedOf(VersionedRecord<byte[]> version) {
        V value = entries.valueOf(version.value());
        if (value == null) {
            throw new StreamsException("store '" + storeName + "': the deserializer returned null for a stored value");
        }
        long timestamp = version.timestamp();
        return version.validTo()
                .map(validTo -> new VersionedRecord<>(value, timestamp, validTo))
                .orElseGet(() -> new VersionedRecord<>(value, timestamp));
    }
}
