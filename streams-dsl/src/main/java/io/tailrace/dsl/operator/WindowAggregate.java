package io.tailrace.dsl.operator;

import static io.tailrace.dsl.operator.UserCode.asGiven;

import io.tailrace.kstream.Windows;
import io.tailrace.processor.api.ProcessorContext;
import io.tailrace.processor.api.Record;
import io.tailrace.state.TimestampedWindowStore;
import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.state.Window;
import io.tailrace.state.Windowed;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One result per key and window. A window takes records until stream time reaches its end plus the grace period; stream
 * time is the highest timestamp that came to this operator in this task. Unlike an aggregate per key, it takes null values too:
 * they count, and user code gets them.
 */
final class WindowAggregate<K, V, A, W extends Window>
        extends StoreOperator<K, V, Windowed<K>, Change<A>, TimestampedWindowStore<K, A>> {
    private final Windows<W> windows;
    private final Aggregation<K, V, A> aggregation;
    private @Nullable TableChanges<Windowed<K>, A> changes;
    private long streamTimeMs = -1;

    WindowAggregate(String name, String storeName, Windows<W> windows, Aggregation<K, V, A> aggregation) {
        super(name, storeName);
        this.windows = windows;
        this.aggregation = aggregation;
    }

    @Override
    public void init(ProcessorContext<Windowed<K>, Change<A>> context) {
        super.init(context);
        changes = TableChanges.of(store(), context, true);
    }

    @Override
    public void process(Record<K, V> record) {
        K key = record.key();
        if (key == null) {
            drop("its key is null");
            return;
        }
        streamTimeMs = Math.max(streamTimeMs, record.timestamp());
        long closedUpToMs = streamTimeMs - windows.gracePeriodMs();
        for (Map.Entry<Long, W> entry : windows.windowsFor(record.timestamp()).entrySet()) {
            W window = entry.getValue();
            if (window.end() > closedUpToMs) {
                update(record, key, window);
            } else {
                dropLate("it is late, its window is closed");
            }
        }
    }

    private void update(Record<K, V> record, K key, W window) {
        ValueAndTimestamp<A> old = store().fetch(key, window.start());
        long timestamp = old == null ? record.timestamp() : Math.max(record.timestamp(), old.timestamp());
        A oldResult = old == null ? aggregation.start() : old.value();
        A newResult = aggregation.next(key, asGiven(record.value()), oldResult);
        store().put(key, ValueAndTimestamp.make(newResult, timestamp), window.start());
        TableChanges<Windowed<K>, A> table = opened(changes);
        if (!table.areHeldBack()) {
            Record<Windowed<K>, Change<A>> change =
                    record.withKey(new Windowed<>(key, window)).withValue(new Change<>(newResult, oldResult));
            table.forward(timestamp == record.timestamp() ? change : change.withTimestamp(timestamp));
        }
    }
}
