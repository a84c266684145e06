package io.tailrace.dsl.operator;

import io.tailrace.processor.api.ContextualProcessor;
import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.processor.api.Record;
import org.jspecify.annotations.Nullable;

/** The operators whose input or result is a table. */
public final class TableOperators {
    private TableOperators() {}

    /**
     * Records become changes of a table.
     *
     * @param storeName null for a table without a store
     * @param oldValues whether the changes carry old values, which needs the store
     */
    public static <K, V> ProcessorSupplier<K, V, K, Change<V>> update(
            String name, @Nullable String storeName, boolean oldValues) {
        return () -> new TableUpdate<>(name, storeName, oldValues);
    }

    /** Records become the content of a global table's store. */
    public static <K, V> ProcessorSupplier<K, V, Void, Void> updateGlobal(String name, String storeName) {
        return () -> new GlobalTableUpdate<>(name, storeName);
    }

    /**
     * Changes of one table become those of a table computed from it.
     *
     * @param storeName null for a table without a store
     */
    public static <K, V, R> ProcessorSupplier<K, Change<V>, K, Change<R>> compute(
            TableFunction<K, V, R> function, @Nullable String storeName, boolean oldValues) {
        return () -> new TableCompute<>(function, storeName, oldValues);
    }

    /** Changes of a table become records. */
    public static <K, V> ProcessorSupplier<K, Change<V>, K, V> toStream() {
        return ToRecords::new;
    }

    private static final class ToRecords<K, V> extends ContextualProcessor<K, Change<V>, K, V> {
        @Override
        public void process(Record<K, Change<V>> record) {
            Change<V> change = record.value();
            context().forward(record.withValue(change == null ? null : change.newValue()));
        }
    }
}
