package io.tailrace.dsl.operator;

import static io.tailrace.dsl.operator.UserCode.asGiven;

import io.tailrace.processor.api.ContextualProcessor;
import io.tailrace.processor.api.ProcessorContext;
import io.tailrace.processor.api.Record;
import io.tailrace.state.TimestampedKeyValueStore;
import io.tailrace.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/** Computes each changed value anew; keeps the results if it has a store. */
final class TableCompute<K, V, R> extends ContextualProcessor<K, Change<V>, K, Change<R>> {
    private final TableFunction<K, V, R> function;
    private final @Nullable String storeName;
    private final boolean oldValues;
    private @Nullable TimestampedKeyValueStore<K, R> store;
    private @Nullable TableChanges<K, R> changes;

    TableCompute(TableFunction<K, V, R> function, @Nullable String storeName, boolean oldValues) {
        this.function = function;
        this.storeName = storeName;
        this.oldValues = oldValues;
    }

    @Override
    public void init(ProcessorContext<K, Change<R>> context) {
        super.init(context);
        store = storeName == null ? null : context.getStateStore(storeName);
        changes = TableChanges.of(store, context, oldValues);
    }

    @Override
    public void process(Record<K, Change<V>> record) {
        K key = asGiven(record.key()); // tables have no null keys
        Change<V> change = asGiven(record.value()); // and always send a change
        R newValue = function.of(key, change.newValue());
        R oldValue = oldValues ? oldValue(key, change) : null;
        if (oldValues && function.keepsBackNothing() && oldValue == null && newValue == null) {
            return;
        }
        if (store != null) {
            store.put(key, ValueAndTimestamp.make(newValue, record.timestamp()));
        }
        if (changes != null) {
            changes.forward(record.withValue(new Change<>(newValue, oldValue)));
        }
    }

    private @Nullable R oldValue(K key, Change<V> change) {
        return store == null ? function.of(key, change.oldValue()) : ValueAndTimestamp.getValueOrNull(store.get(key));
    }
}
