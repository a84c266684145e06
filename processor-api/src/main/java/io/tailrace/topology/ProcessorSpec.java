package io.tailrace.topology;

import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.state.StoreBuilder;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A node that runs user code.
 *
 * @param parents none when it only works on stores that it shares with others
 * @param stores the names of the stores it may use, besides the global ones that every processor may read
 */
public record ProcessorSpec(
        String name, ProcessorSupplier<?, ?, ?, ?> supplier, List<String> parents, Set<String> stores)
        implements NodeSpec {
    public ProcessorSpec {
        parents = List.copyOf(parents);
        stores = Collections.unmodifiableSet(new LinkedHashSet<>(stores));
    }

    /** This node, running other code. */
    ProcessorSpec withSupplier(ProcessorSupplier<?, ?, ?, ?> other) {
        return new ProcessorSpec(name, other, parents, stores);
    }

    /** This node, connected to one more store. */
    ProcessorSpec withStore(String store) {
        Set<String> more = new LinkedHashSet<>(stores);
        more.add(store);
        return new ProcessorSpec(name, supplier, parents, more);
    }

    Set<StoreBuilder<?>> suppliedStores() {
        Set<StoreBuilder<?>> supplied = supplier.stores();
        return supplied == null ? Set.of() : supplied;
    }

    /**
     * A shared instance would be called by several tasks, in several threads.
     *
     * @throws IllegalArgumentException when the supplier returns the same instance twice
     */
    void checkSupplier() {
        Object first = supplier.get();
        Object second = supplier.get();
        if (first == second) {
            throw new IllegalArgumentException("the supplier of processor '" + name
                    + "' returned the same instance twice: get() must return a new one each time");
        }
    }
}
