package io.tailrace.runtime.global;

import io.tailrace.processor.StateStore;
import io.tailrace.state.ReadOnlyVersionedKeyValueStore;
import io.tailrace.state.VersionedKeyValueStore;
import io.tailrace.state.VersionedRecord;
import org.jspecify.annotations.Nullable;

/** A versioned store that only reads. Threads: as the view behind it. */
final class ReadOnlyVersionedFace<K, V> extends ReadOnlyStore implements VersionedKeyValueStore<K, V> {
    private final ReadOnlyVersionedKeyValueStore<K, V> view;

    @SuppressWarnings("unchecked") // the types of key and value are for the caller to know
    ReadOnlyVersionedFace(StateStore store, ReadOnlyVersionedKeyValueStore<?, ?> view) {
        super(store);
        this.view = (ReadOnlyVersionedKeyValueStore<K, V>) view;
    }

    @Override
    public @Nullable VersionedRecord<V> get(K key) {
        return view.get(key);
    }

    @Override
    public @Nullable VersionedRecord<V> get(K key, long asOfTimestamp) {
        return view.get(key, asOfTimestamp);
    }

    @Override
    public long put(K key, @Nullable V value, long timestamp) {
        throw readOnly();
    }

    @Override
    public @Nullable VersionedRecord<V> delete(K key, long timestamp) {
        throw readOnly();
    }
}
