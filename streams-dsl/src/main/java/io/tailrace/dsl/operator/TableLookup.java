package io.tailrace.dsl.operator;

import io.tailrace.processor.api.ProcessingContext;
import io.tailrace.state.TimestampedKeyValueStore;
import io.tailrace.state.TimestampedWindowStore;
import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.state.Windowed;
import org.jspecify.annotations.Nullable;

/** Finds the value that a table has for a key at this moment. Shared by all tasks; each opens a reader of its own. */
@FunctionalInterface
public interface TableLookup<K, V> {
    Reader<K, V> open(ProcessingContext context);

    /** A lookup within one task. Owner: the task's thread. */
    @FunctionalInterface
    interface Reader<K, V> {
        @Nullable
        V get(K key);
    }

    static <K, V> TableLookup<K, V> inStore(String storeName) {
        return context -> {
            TimestampedKeyValueStore<K, V> store = context.getStateStore(storeName);
            return key -> ValueAndTimestamp.getValueOrNull(store.get(key));
        };
    }

    static <K, V> TableLookup<Windowed<K>, V> inWindowStore(String storeName) {
        return context -> {
            TimestampedWindowStore<K, V> store = context.getStateStore(storeName);
            return windowed -> ValueAndTimestamp.getValueOrNull(
                    store.fetch(windowed.key(), windowed.window().start()));
        };
    }

    static <K, V, R> TableLookup<K, R> computed(TableLookup<K, V> input, TableFunction<K, V, R> function) {
        return context -> {
            Reader<K, V> reader = input.open(context);
            return key -> function.of(key, reader.get(key));
        };
    }
}
