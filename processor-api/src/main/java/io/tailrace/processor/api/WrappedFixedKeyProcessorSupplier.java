package io.tailrace.processor.api;

/** A supplier that a {@link ProcessorWrapper} has seen. */
public interface WrappedFixedKeyProcessorSupplier<KIn, VIn, VOut> extends FixedKeyProcessorSupplier<KIn, VIn, VOut> {}
