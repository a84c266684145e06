package io.tailrace.runtime.engine;

import io.tailrace.processor.api.ContextualProcessor;
import io.tailrace.processor.api.ProcessorContext;
import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.processor.api.Record;
import io.tailrace.serde.Serdes;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.StoreBuilder;
import io.tailrace.stores.Stores;
import io.tailrace.topology.Topology;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** Processors of strings, made of lambdas. */
final class Nodes {
    private Nodes() {}

    /** A processor that runs {@code body} on each record. */
    static ProcessorSupplier<String, String, String, String> each(
            BiConsumer<ProcessorContext<String, String>, Record<String, String>> body) {
        return with(context -> {}, body);
    }

    /** A processor that runs {@code onInit} first. */
    static ProcessorSupplier<String, String, String, String> with(
            Consumer<ProcessorContext<String, String>> onInit,
            BiConsumer<ProcessorContext<String, String>, Record<String, String>> body) {
        return () -> new ContextualProcessor<>() {
            @Override
            public void init(ProcessorContext<String, String> context) {
                super.init(context);
                onInit.accept(context);
            }

            @Override
            public void process(Record<String, String> record) {
                body.accept(context(), record);
            }
        };
    }

    /** Forwards everything; fails on the value "fail". */
    static ProcessorSupplier<String, String, String, String> forwarding() {
        return each((context, record) -> {
            if ("fail".equals(record.value())) {
                throw new IllegalStateException("told to fail");
            }
            context.forward(record);
        });
    }

    /** in → node → out. */
    static Topology pipe(ProcessorSupplier<String, String, String, String> node) {
        return new Topology()
                .addSource("source", "in")
                .addProcessor("node", node, "source")
                .addSink("sink", "out", "node");
    }

    static StoreBuilder<KeyValueStore<String, String>> persistent(String name) {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore(name), Serdes.String(), Serdes.String());
    }

    static StoreBuilder<KeyValueStore<String, String>> inMemory(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.String());
    }

    /** in → count per key, kept as text in store "counts" → out. */
    static Topology counting(StoreBuilder<?> counts) {
        ProcessorSupplier<String, String, String, String> node = each((context, record) -> {
            KeyValueStore<String, String> store = context.getStateStore("counts");
            String key = Objects.requireNonNull(record.key());
            String before = store.get(key);
            String now = Integer.toString(before == null ? 1 : Integer.parseInt(before) + 1);
            if ("fail".equals(record.value())) {
                throw new IllegalStateException("told to fail");
            }
            store.put(key, now);
            context.forward(record.withValue(now));
        });
        return pipe(node).addStateStore(counts, "node");
    }

    /** rows → read-only store "rows-store". */
    static Topology rows() {
        return new Topology()
                .addReadOnlyStateStore(
                        persistent("rows-store"),
                        "rows-source",
                        Serdes.String().deserializer(),
                        Serdes.String().deserializer(),
                        "rows",
                        "rows-processor",
                        () -> new ContextualProcessor<String, String, Void, Void>() {
                            @Override
                            public void process(Record<String, String> record) {
                                KeyValueStore<String, String> rows = context().getStateStore("rows-store");
                                rows.put(Objects.requireNonNull(record.key()), record.value());
                            }
                        });
    }
}
