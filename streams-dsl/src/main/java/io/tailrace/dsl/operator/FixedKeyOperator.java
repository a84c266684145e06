package io.tailrace.dsl.operator;

import io.tailrace.processor.api.FixedKeyProcessor;
import io.tailrace.processor.api.FixedKeyProcessorSupplier;
import io.tailrace.processor.api.InternalFixedKeyRecordFactory;
import io.tailrace.processor.api.Processor;
import io.tailrace.processor.api.ProcessorContext;
import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.processor.api.Record;
import io.tailrace.state.StoreBuilder;
import io.tailrace.topology.FixedKeyAdapter;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs a user's {@link FixedKeyProcessor} as a processor, handing it records whose keys it cannot change. */
public final class FixedKeyOperator<K, V, VR> implements Processor<K, V, K, VR> {
    private final FixedKeyProcessor<K, V, VR> processor;

    private FixedKeyOperator(FixedKeyProcessor<K, V, VR> processor) {
        this.processor = processor;
    }

    /** The stores that the supplier brings along come with it. */
    public static <K, V, VR> ProcessorSupplier<K, V, K, VR> of(FixedKeyProcessorSupplier<K, V, VR> supplier) {
        return new Supplier<>(supplier);
    }

    private record Supplier<K, V, VR>(FixedKeyProcessorSupplier<K, V, VR> fixedKeySupplier)
            implements FixedKeyAdapter<K, V, VR> {
        @Override
        public Processor<K, V, K, VR> get() {
            return new FixedKeyOperator<>(fixedKeySupplier.get());
        }

        @Override
        public @Nullable Set<StoreBuilder<?>> stores() {
            return fixedKeySupplier.stores();
        }

        @Override
        public ProcessorSupplier<K, V, K, VR> around(FixedKeyProcessorSupplier<K, V, VR> other) {
            return of(other);
        }
    }

    @Override
    public void init(ProcessorContext<K, VR> context) {
        processor.init(new FixedKeyContext<>(context));
    }

    @Override
    public void process(Record<K, V> record) {
        processor.process(InternalFixedKeyRecordFactory.create(record));
    }

    @Override
    public void close() {
        processor.close();
    }
}
