package io.tailrace.topology;

import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.processor.api.ProcessorWrapper;

/** Hands the supplier of a node to a wrapper, as what it is: one of processors, or of fixed-key processors. */
final class Wrapping {
    private Wrapping() {}

    static ProcessorSpec of(ProcessorSpec processor, ProcessorWrapper wrapper) {
        return processor.withSupplier(wrapped(processor.name(), processor.supplier(), wrapper));
    }

    private static <KIn, VIn, KOut, VOut> ProcessorSupplier<?, ?, ?, ?> wrapped(
            String name, ProcessorSupplier<KIn, VIn, KOut, VOut> supplier, ProcessorWrapper wrapper) {
        return supplier instanceof FixedKeyAdapter<?, ?, ?> adapter
                ? wrapped(name, adapter, wrapper)
                : wrapper.wrapProcessorSupplier(name, supplier);
    }

    private static <KIn, VIn, VOut> ProcessorSupplier<KIn, VIn, KIn, VOut> wrapped(
            String name, FixedKeyAdapter<KIn, VIn, VOut> adapter, ProcessorWrapper wrapper) {
        return adapter.around(wrapper.wrapFixedKeyProcessorSupplier(name, adapter.fixedKeySupplier()));
    }
}
