package io.tailrace.processor.api;

import java.util.function.Supplier;

/** Makes a fixed-key processor per task. Called from any thread. */
@FunctionalInterface
public interface FixedKeyProcessorSupplier<KIn, VIn, VOut>
        extends ConnectedStoreProvider, Supplier<FixedKeyProcessor<KIn, VIn, VOut>> {
    /** A new instance, another one each time: two tasks must not share one. */
    @Override
    FixedKeyProcessor<KIn, VIn, VOut> get();
}
