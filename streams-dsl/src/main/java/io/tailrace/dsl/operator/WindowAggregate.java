package io.tailrace.dsl.operator;

import io.tailrace.kstream.Windows;
import io.tailrace.processor.api.Record;
import io.tailrace.state.TimestampedWindowStore;
import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.state.Window;
import io.tailrace.state.Windowed;
import java.util.Map;

/**
 * One result per key and window. A window takes records until stream time reaches its end plus the grace period; stream
 * time is the highest timestamp that came to this operator in this task.
 */
final class WindowAggregate<K, V, A, W extends Window>
        extends StoreOperator<K, V, Windowed<K>, Change<A>, TimestampedWindowStore<K, A>> {
    private final Windows<W> windows;
    private final Aggregation<K, V, A> aggregation;
    private long streamTimeMs = -1;

    WindowAggregate(String name, String storeName, Windows<W> windows, Aggregation<K, V, A> aggregation) {
        super(name, storeName);
        this.windows = windows;
        this.aggregation = aggregation;
    }

    @Override
    public void process(Record<K, V> record) {
        K key = record.key();
        V value = record.value();
        if (key == null || value == null) {
            drop(key == null ? "its key is null" : "its value is null");
            return;
        }
        streamTimeMs = Math.max(streamTimeMs, record.timestamp());
        long closedUpToMs = streamTimeMs - windows.gracePeriodMs();
        for (Map.Entry<Long, W> entry : windows.windowsFor(record.timestamp()).entrySet()) {
            W window = entry.getValue();
            if (window.end() > closedUpToMs) {
                update(record, key, value, window);
            } else {
                drop("it is late, its window is closed");
            }
        }
    }

    private void update(Record<K, V> record, K key, V value, W window) {
        ValueAndTimestamp<A> old = store().fetch(key, window.start());
        long timestamp = old == null ? record.timestamp() : Math.max(record.timestamp(), old.timestamp());
        A oldResult = ValueAndTimestamp.getValueOrNull(old);
        A newResult = aggregation.next(key, value, oldResult);
        store().put(key, ValueAndTimestamp.make(newResult, timestamp), window.start());
        Record<Windowed<K>, Change<A>> change =
                record.withKey(new Windowed<>(key, window)).withValue(new Change<>(newResult, oldResult));
        context().forward(timestamp == record.timestamp() ? change : change.withTimestamp(timestamp));
    }
}
