package io.tailrace.topology;

import io.tailrace.processor.api.FixedKeyProcessorSupplier;
import io.tailrace.processor.api.ProcessorSupplier;

/** A supplier of processors that run those of a fixed-key supplier, which a {@code ProcessorWrapper} may exchange. */
public interface FixedKeyAdapter<KIn, VIn, VOut> extends ProcessorSupplier<KIn, VIn, KIn, VOut> {
    /** The supplier behind this one. */
    FixedKeyProcessorSupplier<KIn, VIn, VOut> fixedKeySupplier();

    /** The same around another supplier. */
    ProcessorSupplier<KIn, VIn, KIn, VOut> around(FixedKeyProcessorSupplier<KIn, VIn, VOut> supplier);
}
