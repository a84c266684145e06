package io.tailrace.dsl.operator;

import io.tailrace.processor.api.ContextualProcessor;
import io.tailrace.processor.api.ProcessorContext;
import io.tailrace.processor.api.Record;
import io.tailrace.state.TimestampedKeyValueStore;
import io.tailrace.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/** The last record of a key is its value, whatever the timestamps: an older one that comes later counts as well. */
final class TableUpdate<K, V> extends ContextualProcessor<K, V, K, Change<V>> {
    private final String name;
    private final @Nullable String storeName;
    private final boolean oldValues;
    private @Nullable TimestampedKeyValueStore<K, V> store;
    private @Nullable TableChanges<K, V> changes;
    private @Nullable DroppedRecords dropped;

    TableUpdate(String name, @Nullable String storeName, boolean oldValues) {
        this.name = name;
        this.storeName = storeName;
        this.oldValues = oldValues;
    }

    @Override
    public void init(ProcessorContext<K, Change<V>> context) {
        super.init(context);
        store = storeName == null ? null : context.getStateStore(storeName);
        changes = TableChanges.of(store, context, oldValues);
        dropped = new DroppedRecords(name, context);
    }

    @Override
    public void process(Record<K, V> record) {
        K key = record.key();
        if (key == null) {
            if (dropped != null) {
                dropped.add("its key is null");
            }
            return;
        }
        boolean heldBack = changes != null && changes.areHeldBack();
        V oldValue = null;
        if (store != null) {
            oldValue = oldValues && !heldBack ? ValueAndTimestamp.getValueOrNull(store.get(key)) : null;
            store.put(key, ValueAndTimestamp.make(record.value(), record.timestamp()));
        }
        if (!heldBack) {
            context().forward(record.withValue(new Change<>(record.value(), oldValue)));
        }
    }

    @Override
    public void close() {
        if (dropped != null) {
            dropped.logCount();
        }
    }
}
