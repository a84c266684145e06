package io.tailrace.dsl.operator;

import io.tailrace.processor.api.Record;
import io.tailrace.state.TimestampedKeyValueStore;
import io.tailrace.state.ValueAndTimestamp;

/** Writes each record to the store of a global table. */
final class GlobalTableUpdate<K, V> extends StoreOperator<K, V, Void, Void, TimestampedKeyValueStore<K, V>> {
    GlobalTableUpdate(String name, String storeName) {
        super(name, storeName);
    }

    @Override
    public void process(Record<K, V> record) {
        K key = record.key();
        if (key == null) {
            drop("its key is null");
            return;
        }
        store().put(key, ValueAndTimestamp.make(record.value(), record.timestamp()));
    }
}
