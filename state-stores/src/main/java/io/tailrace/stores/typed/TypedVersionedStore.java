package io.tailrace.stores.typed;

import io.tailrace.serde.Serde;
import io.tailrace.state.QueryableStore;
import io.tailrace.state.ReadOnlyVersionedKeyValueStore;
import io.tailrace.state.VersionedKeyValueStore;
import io.tailrace.state.VersionedRecord;
import io.tailrace.stores.versioned.ByteVersionedStore;
import org.jspecify.annotations.Nullable;

/** A versioned store of typed keys and values. Owner: the task's thread, except {@link #readOnlyView()}. */
public final class TypedVersionedStore<K, V> extends StoreFace<ByteVersionedStore, K, V>
        implements VersionedKeyValueStore<K, V>, QueryableStore<ReadOnlyVersionedKeyValueStore<K, V>> {
    private @Nullable TypedVersionedReads<K, V> reads;

    /**
     * @param keySerde null for the application's default
     * @param valueSerde null for the application's default
     */
    public TypedVersionedStore(ByteVersionedStore bytes, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde) {
        super(bytes, TypedForm.keys(keySerde), TypedForm.values(valueSerde));
    }

    @Override
    void onOpen(Entries<K, V> openEntries) {
        reads = new TypedVersionedReads<>(name(), inner.reads(), openEntries);
    }

    @Override
    public long put(K key, @Nullable V value, long timestamp) {
        Entries<K, V> entries = entries();
        return inner.put(entries.key(key), entries.value(value), timestamp);
    }

    @Override
    public @Nullable VersionedRecord<V> delete(K key, long timestamp) {
        return opened(reads).typed(inner.deleteVersion(entries().key(key), timestamp));
    }

    @Override
    public @Nullable VersionedRecord<V> get(K key) {
        return opened(reads).get(key);
    }

    @Override
    public @Nullable VersionedRecord<V> get(K key, long asOfTimestamp) {
        return opened(reads).get(key, asOfTimestamp);
    }

    @Override
    public ReadOnlyVersionedKeyValueStore<K, V> readOnlyView() {
        return new TypedVersionedReads<>(name(), inner.readOnlyView(), entries());
    }
}
