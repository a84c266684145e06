package io.tailrace.processor.api;

import org.jspecify.annotations.Nullable;

/** A {@link FixedKeyProcessor} that keeps its context. Overriding {@link #init} must call it first. */
public abstract class ContextualFixedKeyProcessor<KIn, VIn, VOut> implements FixedKeyProcessor<KIn, VIn, VOut> {
    private @Nullable FixedKeyProcessorContext<KIn, VOut> context;

    protected ContextualFixedKeyProcessor() {}

    @Override
    public void init(FixedKeyProcessorContext<KIn, VOut> context) {
        this.context = context;
    }

    /** @throws IllegalStateException before {@link #init} */
    protected final FixedKeyProcessorContext<KIn, VOut> context() {
        if (context == null) {
            throw new IllegalStateException(
                    getClass().getName() + " has no context yet: an overridden init must call super.init(context)");
        }
        return context;
    }
}
