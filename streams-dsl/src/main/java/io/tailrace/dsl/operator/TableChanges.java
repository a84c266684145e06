package io.tailrace.dsl.operator;

import io.tailrace.common.header.Headers;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.api.ProcessorContext;
import io.tailrace.processor.api.Record;
import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.stores.cache.CachedStateStore;
import org.jspecify.annotations.Nullable;

/**
 * Forwards the changes of a table that is kept in a store: at once, or, if the store holds writes back, when it gives them away.
 * Owner: the task's thread.
 */
final class TableChanges<K, V> {
    private final ProcessorContext<K, Change<V>> context;
    private final boolean heldBack;

    @SuppressWarnings("unchecked") // the store of an operator holds what the operator puts there
    private TableChanges(@Nullable StateStore store, ProcessorContext<K, Change<V>> context, boolean oldValues) {
        this.context = context;
        this.heldBack = store instanceof CachedStateStore<?, ?> cached
                && ((CachedStateStore<K, ValueAndTimestamp<V>>) cached).setFlushListener(this::flushed, oldValues);
    }

    /**
     * @param store null for a table without one
     * @param oldValues whether the changes carry old values
     */
    static <K, V> TableChanges<K, V> of(
            @Nullable StateStore store, ProcessorContext<K, Change<V>> context, boolean oldValues) {
        return new TableChanges<>(store, context, oldValues);
    }

    /** Whether the store forwards, so that nobody has to make a change for each write. */
    boolean areHeldBack() {
        return heldBack;
    }

    /** Forwards a change that was written to the store, unless the store will. */
    void forward(Record<K, Change<V>> change) {
        if (!heldBack) {
            context.forward(change);
        }
    }

    private void flushed(
            K key,
            @Nullable ValueAndTimestamp<V> newValue,
            @Nullable ValueAndTimestamp<V> oldValue,
            long timestamp,
            Headers headers) {
        Change<V> change =
                new Change<>(ValueAndTimestamp.getValueOrNull(newValue), ValueAndTimestamp.getValueOrNull(oldValue));
        context.forward(new Record<>(key, change, newValue == null ? timestamp : newValue.timestamp(), headers));
    }
}
