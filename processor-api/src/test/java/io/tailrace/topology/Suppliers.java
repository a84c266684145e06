package io.tailrace.topology;

import io.tailrace.processor.api.Processor;
import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.processor.api.Record;
import io.tailrace.state.StoreBuilder;
import java.util.Set;

/** Processor suppliers for topologies that never run. */
final class Suppliers {
    private Suppliers() {}

    static <K, V> ProcessorSupplier<K, V, Void, Void> doingNothing() {
        return DoesNothing::new;
    }

    static ProcessorSupplier<String, String, Void, Void> withStores(StoreBuilder<?>... stores) {
        return new ProcessorSupplier<>() {
            @Override
            public Processor<String, String, Void, Void> get() {
                return new DoesNothing<>();
            }

            @Override
            public Set<StoreBuilder<?>> stores() {
                return Set.of(stores);
            }
        };
    }

    private static final class DoesNothing<K, V> implements Processor<K, V, Void, Void> {
        @Override
        public void process(Record<K, V> record) {}
    }
}
