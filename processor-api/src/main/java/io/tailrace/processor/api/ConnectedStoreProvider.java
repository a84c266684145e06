package io.tailrace.processor.api;

import io.tailrace.state.StoreBuilder;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Brings along the stores that a processor uses, so that nobody has to add and connect them (KIP-401). */
public interface ConnectedStoreProvider {
    /** Null or empty for none. To share a store between processors, all of them give the same builder instance. */
    default @Nullable Set<StoreBuilder<?>> stores() {
        return null;
    }
}
