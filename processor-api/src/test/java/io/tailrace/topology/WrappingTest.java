package io.tailrace.topology;

import static io.tailrace.topology.NamedStoreBuilder.logged;
import static io.tailrace.topology.NamedStoreBuilder.unlogged;
import static io.tailrace.topology.Suppliers.doingNothing;
import static io.tailrace.topology.Suppliers.withStores;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.processor.api.FixedKeyProcessorSupplier;
import io.tailrace.processor.api.Processor;
import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.processor.api.ProcessorWrapper;
import io.tailrace.processor.api.WrappedFixedKeyProcessorSupplier;
import io.tailrace.processor.api.WrappedProcessorSupplier;
import io.tailrace.state.StoreBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WrappingTest {
    /** Writes down whom it wraps, and gives each processor a store of its own. */
    private static final class Diary implements ProcessorWrapper {
        private final List<String> wrapped = new ArrayList<>();
        private final List<Object> suppliers = new ArrayList<>();

        @Override
        public <KIn, VIn, KOut, VOut> WrappedProcessorSupplier<KIn, VIn, KOut, VOut> wrapProcessorSupplier(
                String processorName, ProcessorSupplier<KIn, VIn, KOut, VOut> supplier) {
            wrapped.add(processorName);
            suppliers.add(supplier);
            StoreBuilder<?> extra = logged(processorName + "-extra");
            boolean global = processorName.startsWith("global");
            return new WrappedProcessorSupplier<>() {
                @Override
                public Processor<KIn, VIn, KOut, VOut> get() {
                    return supplier.get();
                }

                @Override
                public Set<StoreBuilder<?>> stores() {
                    return global ? Set.of() : Set.of(extra);
                }
            };
        }

        @Override
        public <KIn, VIn, VOut> WrappedFixedKeyProcessorSupplier<KIn, VIn, VOut> wrapFixedKeyProcessorSupplier(
                String processorName, FixedKeyProcessorSupplier<KIn, VIn, VOut> supplier) {
            throw new AssertionError("there is none");
        }
    }

    private static TopologyGraph graph() {
        return new Topology()
                .addGlobalStore(unlogged("table"), "global-source", null, null, "rows", "global", doingNothing())
                .addSource("source", "in")
                .addProcessor("first", withStores(logged("own")), "source")
                .addProcessor("second", doingNothing(), "first")
                .addSink("sink", "out", "second")
                .graph();
    }

    @Test
    void shouldWrapEveryProcessorAndKeepTheRest() {
        Diary diary = new Diary();
        TopologyGraph wrapped = graph().wrappedBy(diary);
        assertThat(diary.wrapped).containsExactlyInAnyOrder("global", "first", "second");
        assertThat(wrapped.processors()).allMatch(spec -> spec.supplier() instanceof WrappedProcessorSupplier);
        assertThat(wrapped.globalStores().get(0).processor().supplier()).isInstanceOf(WrappedProcessorSupplier.class);
        assertThat(wrapped.subtopologies().get(0).id())
                .isEqualTo(graph().subtopologies().get(0).id());
        assertThat(wrapped.sinks()).isEqualTo(graph().sinks());
    }

    @Test
    void shouldConnectTheStoresThatAWrappedProcessorBringsAlong() {
        TopologyGraph wrapped = graph().wrappedBy(new Diary());
        assertThat(wrapped.processors().get(0).stores()).containsExactly("own", "first-extra");
        assertThat(wrapped.processors().get(1).stores()).containsExactly("second-extra");
    }

    @Test
    void shouldLeaveASupplierAlone() {
        ProcessorSupplier<String, String, Void, Void> supplier = withStores(logged("own"));
        WrappedProcessorSupplier<String, String, Void, Void> wrapped = ProcessorWrapper.asWrapped(supplier);
        assertThat(wrapped.stores()).extracting(StoreBuilder::name).containsExactly("own");
        assertThat(ProcessorWrapper.asWrapped(wrapped)).isSameAs(wrapped);
    }
}
