package io.tailrace.dsl.operator;

import io.tailrace.processor.StateStore;
import io.tailrace.processor.api.ContextualProcessor;
import io.tailrace.processor.api.ProcessorContext;
import org.jspecify.annotations.Nullable;

/** An operator that has a store and leaves out records it cannot use. */
abstract class StoreOperator<KIn, VIn, KOut, VOut, S extends StateStore>
        extends ContextualProcessor<KIn, VIn, KOut, VOut> {
    private final String name;
    private final String storeName;
    private @Nullable S store;
    private @Nullable DroppedRecords dropped;

    StoreOperator(String name, String storeName) {
        this.name = name;
        this.storeName = storeName;
    }

    @Override
    public void init(ProcessorContext<KOut, VOut> context) {
        super.init(context);
        store = context.getStateStore(storeName);
        dropped = new DroppedRecords(name, context);
    }

    final S store() {
        return opened(store);
    }

    final void dropLate(String reason) {
        opened(dropped).addLate(reason);
    }

    final void drop(String reason) {
        opened(dropped).add(reason);
    }

    final long droppedCount() {
        return opened(dropped).count();
    }

    @Override
    public void close() {
        if (dropped != null) {
            dropped.logCount();
        }
    }

    /** What init has set. */
    final <T> T opened(@Nullable T part) {
        if (part == null) {
            throw new IllegalStateException(name + " was not initialized: call init first");
        }
        return part;
    }
}
