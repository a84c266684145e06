package io.tailrace.processor.api;

import org.jspecify.annotations.Nullable;

/** A {@link Processor} that keeps its context. Overriding {@link #init} must call it first. */
public abstract class ContextualProcessor<KIn, VIn, KOut, VOut> implements Processor<KIn, VIn, KOut, VOut> {
    private @Nullable ProcessorContext<KOut, VOut> context;

    protected ContextualProcessor() {}

    @Override
    public void init(ProcessorContext<KOut, VOut> context) {
        this.context = context;
    }

    /** @throws IllegalStateException before {@link #init} */
    protected final ProcessorContext<KOut, VOut> context() {
        if (context == null) {
            throw new IllegalStateException(
                    getClass().getName() + " has no context yet: an overridden init must call super.init(context)");
        }
        return context;
    }
}
