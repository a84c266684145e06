package io.tailrace.dsl.plan;

import io.tailrace.state.StoreBuilder;

/**
 * The store that a table has, or would have if something needed it.
 *
 * @param wanted whether the table has it in any case, because the user named it or the operation itself needs it
 * @param windowed whether it is a window store, keyed by what is inside the table's windowed keys
 */
public record TableStore(StoreBuilder<?> builder, boolean wanted, boolean windowed) {
    public String name() {
        return builder.name();
    }
}
