package io.tailrace.testkit;

import io.tailrace.processor.PunctuationType;
import io.tailrace.processor.api.Processor;
import io.tailrace.processor.api.ProcessorContext;
import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.processor.api.Record;
import io.tailrace.serde.Serde;
import io.tailrace.serde.Serdes;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.StoreBuilder;
import io.tailrace.stores.Stores;
import io.tailrace.topology.Topology;
import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Small topologies of the Processor API that several tests drive. */
final class Topologies {
    private Topologies() {}

    /** in → the node of that name → out. */
    private static <V> Topology pipe(String name, ProcessorSupplier<String, String, String, V> node, Serde<V> results) {
        return new Topology()
                .addSource(
                        "source",
                        Serdes.String().deserializer(),
                        Serdes.String().deserializer(),
                        "in")
                .addProcessor(name, node, "source")
                .addSink("sink", "out", Serdes.String().serializer(), results.serializer(), name);
    }

    /** in → upper case → out. */
    static Topology upperCase() {
        return pipe("upper", UpperCase::new, Serdes.String());
    }

    /** in → count per key in store "counts" → out. */
    static Topology countByKey(StoreBuilder<?> counts) {
        return pipe("count", CountByKey::new, Serdes.Long()).addStateStore(counts, "count");
    }

    static StoreBuilder<KeyValueStore<String, Long>> inMemoryCounts() {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("counts"), Serdes.String(), Serdes.Long());
    }

    static StoreBuilder<KeyValueStore<String, Long>> persistentCounts() {
        return Stores.keyValueStoreBuilder(Stores.persistentKeyValueStore("counts"), Serdes.String(), Serdes.Long());
    }

    /** Forwards values in upper case; fails on the value "fail". */
    static final class UpperCase implements Processor<String, String, String, String> {
        private @Nullable ProcessorContext<String, String> context;

        @Override
        public void init(ProcessorContext<String, String> newContext) {
            context = newContext;
        }

        @Override
        public void process(Record<String, String> record) {
            String value = record.value();
            if ("fail".equals(value)) {
                throw new IllegalStateException("told to fail");
            }
            Objects.requireNonNull(context)
                    .forward(record.withValue(value == null ? null : value.toUpperCase(Locale.ROOT)));
        }
    }

    /** Fails before the first record. */
    static final class FailsInInit implements Processor<String, String, String, String> {
        @Override
        public void init(ProcessorContext<String, String> context) {
            throw new IllegalStateException("told to fail at once");
        }

        @Override
        public void process(Record<String, String> record) {}
    }

    /** Counts in store "counts" and forwards each count; fails on the value "fail". */
    static final class CountByKey implements Processor<String, String, String, Long> {
        private @Nullable ProcessorContext<String, Long> context;
        private @Nullable KeyValueStore<String, Long> counts;

        @Override
        public void init(ProcessorContext<String, Long> newContext) {
            context = newContext;
            counts = newContext.getStateStore("counts");
        }

        @Override
        public void process(Record<String, String> record) {
            if ("fail".equals(record.value())) {
                throw new IllegalStateException("told to fail");
            }
            KeyValueStore<String, Long> store = Objects.requireNonNull(counts);
            String key = Objects.requireNonNull(record.key());
            Long before = store.get(key);
            long now = before == null ? 1 : before + 1;
            store.put(key, now);
            Objects.requireNonNull(context).forward(record.withValue(now));
        }
    }

    /** in → forwards the time of each punctuation, keyed by its clock → out. */
    static Topology punctuating(Duration interval, PunctuationType type) {
        return pipe("ticks", () -> new Ticks(interval, type), Serdes.Long());
    }

    private record Ticks(Duration interval, PunctuationType type) implements Processor<String, String, String, Long> {
        @Override
        public void init(ProcessorContext<String, Long> context) {
            context.schedule(interval, type, timeMs -> context.forward(new Record<>(type.name(), timeMs, timeMs)));
        }

        @Override
        public void process(Record<String, String> record) {}
    }
}
