package io.tailrace.processor.api;

import io.tailrace.common.Configurable;
import io.tailrace.state.StoreBuilder;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts something of its own around every processor of an application, those of the DSL included (KIP-1112). Named by the config
 * {@code processor.wrapper.class}; one instance per start of the application, used before its threads begin.
 */
public interface ProcessorWrapper extends Configurable {
    /** Does nothing. */
    @Override
    default void configure(Map<String, ?> configs) {}

    /**
     * Called once per processor of the topology. Stores that the result brings along are added to those that the processor has.
     *
     * @param processorName of the node
     */
    <KIn, VIn, KOut, VOut> WrappedProcessorSupplier<KIn, VIn, KOut, VOut> wrapProcessorSupplier(
            String processorName, ProcessorSupplier<KIn, VIn, KOut, VOut> processorSupplier);

    /** As {@link #wrapProcessorSupplier}, for a processor that keeps keys, as of {@code KStream.processValues}. */
    <KIn, VIn, VOut> WrappedFixedKeyProcessorSupplier<KIn, VIn, VOut> wrapFixedKeyProcessorSupplier(
            String processorName, FixedKeyProcessorSupplier<KIn, VIn, VOut> processorSupplier);

    /** The supplier as it is, for a wrapper that leaves this one alone. */
    static <KIn, VIn, KOut, VOut> WrappedProcessorSupplier<KIn, VIn, KOut, VOut> asWrapped(
            ProcessorSupplier<KIn, VIn, KOut, VOut> processorSupplier) {
        if (processorSupplier instanceof WrappedProcessorSupplier<KIn, VIn, KOut, VOut> wrapped) {
            return wrapped;
        }
        return new WrappedProcessorSupplier<>() {
            @Override
            public Processor<KIn, VIn, KOut, VOut> get() {
                return processorSupplier.get();
            }

            @Override
            public @Nullable Set<StoreBuilder<?>> stores() {
                return processorSupplier.stores();
            }
        };
    }

    /** The supplier as it is, for a wrapper that leaves this one alone. */
    static <KIn, VIn, VOut> WrappedFixedKeyProcessorSupplier<KIn, VIn, VOut> asWrappedFixedKey(
            FixedKeyProcessorSupplier<KIn, VIn, VOut> processorSupplier) {
        if (processorSupplier instanceof WrappedFixedKeyProcessorSupplier<KIn, VIn, VOut> wrapped) {
            return wrapped;
        }
        return new WrappedFixedKeyProcessorSupplier<>() {
            @Override
            public FixedKeyProcessor<KIn, VIn, VOut> get() {
                return processorSupplier.get();
            }

            @Override
            public @Nullable Set<StoreBuilder<?>> stores() {
                return processorSupplier.stores();
            }
        };
    }
}
