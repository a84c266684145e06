package io.tailrace.dsl.operator;

import io.tailrace.kstream.Windows;
import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.state.Window;
import io.tailrace.state.Windowed;

/** The operators that turn a grouped stream into a table of results. They are connected to the store they name. */
public final class AggregateOperators {
    private AggregateOperators() {}

    public static <K, V, A> ProcessorSupplier<K, V, K, Change<A>> perKey(
            String name, String storeName, Aggregation<K, V, A> aggregation) {
        return () -> new KeyAggregate<>(name, storeName, aggregation);
    }

    public static <K, V, A, W extends Window> ProcessorSupplier<K, V, Windowed<K>, Change<A>> perWindow(
            String name, String storeName, Windows<W> windows, Aggregation<K, V, A> aggregation) {
        return () -> new WindowAggregate<>(name, storeName, windows, aggregation);
    }
}
