package io.tailrace.processor.api;

import java.util.function.Supplier;

/** Makes a processor per task. Called from any thread. */
@FunctionalInterface
public interface ProcessorSupplier<KIn, VIn, KOut, VOut>
        extends ConnectedStoreProvider, Supplier<Processor<KIn, VIn, KOut, VOut>> {
    /** A new instance, another one each time: two tasks must not share one. */
    @Override
    Processor<KIn, VIn, KOut, VOut> get();
}
