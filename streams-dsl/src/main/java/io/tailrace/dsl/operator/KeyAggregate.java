package io.tailrace.dsl.operator;

import io.tailrace.processor.api.ProcessorContext;
import io.tailrace.processor.api.Record;
import io.tailrace.state.TimestampedKeyValueStore;
import io.tailrace.state.ValueAndTimestamp;
import org.jspecify.annotations.Nullable;

/** One result per key. Its timestamp is the highest of the records in it. */
final class KeyAggregate<K, V, A> extends StoreOperator<K, V, K, Change<A>, TimestampedKeyValueStore<K, A>> {
    private final Aggregation<K, V, A> aggregation;
    private @Nullable TableChanges<K, A> changes;

    KeyAggregate(String name, String storeName, Aggregation<K, V, A> aggregation) {
        super(name, storeName);
        this.aggregation = aggregation;
    }

    @Override
    public void init(ProcessorContext<K, Change<A>> context) {
        super.init(context);
        changes = TableChanges.of(store(), context, true);
    }

    @Override
    public void process(Record<K, V> record) {
        K key = record.key();
        V value = record.value();
        if (key == null || value == null) {
            drop(key == null ? "its key is null" : "its value is null");
            return;
        }
        ValueAndTimestamp<A> old = store().get(key);
        long timestamp = old == null ? record.timestamp() : Math.max(record.timestamp(), old.timestamp());
        A oldResult = old == null ? aggregation.start() : old.value();
        A newResult = aggregation.next(key, value, oldResult);
        store().put(key, ValueAndTimestamp.make(newResult, timestamp));
        TableChanges<K, A> table = opened(changes);
        if (!table.areHeldBack()) {
            Record<K, Change<A>> change = record.withValue(new Change<>(newResult, oldResult));
            table.forward(timestamp == record.timestamp() ? change : change.withTimestamp(timestamp));
        }
    }
}
