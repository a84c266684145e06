package io.tailrace.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.errors.TopologyException;
import io.tailrace.kstream.Consumed;
import io.tailrace.kstream.KStream;
import io.tailrace.kstream.Named;
import io.tailrace.processor.api.ContextualFixedKeyProcessor;
import io.tailrace.processor.api.ContextualProcessor;
import io.tailrace.processor.api.FixedKeyProcessor;
import io.tailrace.processor.api.FixedKeyProcessorSupplier;
import io.tailrace.processor.api.FixedKeyRecord;
import io.tailrace.processor.api.Processor;
import io.tailrace.processor.api.ProcessorContext;
import io.tailrace.processor.api.Record;
import io.tailrace.serde.Serdes;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.StoreBuilder;
import io.tailrace.stores.Stores;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ProcessTest {
    private final StreamsBuilder builder = new StreamsBuilder();
    private final KStream<String, String> in = builder.stream("in", Consumed.with(Serdes.String(), Serdes.String()));
    private final StoreBuilder<KeyValueStore<String, String>> last =
            Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("last"), Serdes.String(), Serdes.String());

    /** Forwards the value before, under the value as the new key. */
    private static final class Shift extends ContextualProcessor<String, String, String, String> {
        private @Nullable KeyValueStore<String, String> store;

        @Override
        public void init(ProcessorContext<String, String> context) {
            super.init(context);
            store = context.getStateStore("last");
        }

        @Override
        public void process(Record<String, String> record) {
            String key = record.key();
            if (store != null && key != null) {
                String before = store.get(key);
                store.put(key, record.value());
                context().forward(record.withKey(record.value()).withValue(before));
            }
        }
    }

    private static final class Ignore implements Processor<String, String, Void, Void> {
        @Override
        public void process(Record<String, String> record) {}
    }

    /** Counts in the store that it brings along. */
    private final class Remember implements FixedKeyProcessorSupplier<String, String, String> {
        @Override
        public FixedKeyProcessor<String, String, String> get() {
            return new ContextualFixedKeyProcessor<>() {
                @Override
                public void process(FixedKeyRecord<String, String> record) {
                    KeyValueStore<String, String> store = context().getStateStore("last");
                    String key = record.key() == null ? "" : record.key();
                    String before = store.putIfAbsent(key, record.value());
                    context().forward(record.withValue(before + ">" + record.value()));
                }
            };
        }

        @Override
        public Set<StoreBuilder<?>> stores() {
            return Set.of(last);
        }
    }

    @Test
    void shouldRunAProcessorWithAStoreOfTheBuilder() {
        builder.addStateStore(last);
        in.process(Shift::new, Named.as("shift"), "last").to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("in", "a", "x", 1);
            runner.send("in", "a", "y", 2);
            assertThat(runner.texts("out")).containsExactly("x=null@1", "y=x@2");
        }
    }

    @Test
    void shouldRunAFixedKeyProcessorWithTheStoreItBringsAlong() {
        in.processValues(new Remember()).to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("in", "a", "x", 1);
            runner.send("in", "a", "y", 2);
            assertThat(runner.texts("out")).containsExactly("a=null>x@1", "a=x>y@2");
        }
    }

    @Test
    void shouldRepartitionBehindAProcessorButNotBehindAFixedKeyProcessor() {
        builder.addStateStore(last);
        in.process(Shift::new, "last").groupByKey().count();
        assertThat(builder.build().graph().repartitionTopics()).hasSize(1);

        StreamsBuilder other = new StreamsBuilder();
        other.<String, String>stream("in")
                .processValues(new Remember())
                .groupByKey()
                .count();
        assertThat(other.build().graph().repartitionTopics()).isEmpty();
    }

    @Test
    void shouldNameTheStoreThatAProcessorAsksForButNobodyAdded() {
        in.process(Shift::new, "lost");
        assertThatThrownBy(builder::build).isInstanceOf(TopologyException.class).hasMessageContaining("'lost'");
    }

    @Test
    void shouldFillAGlobalStoreThatEveryProcessorMayRead() {
        builder.addGlobalStore(last, "topic", Consumed.with(Serdes.String(), Serdes.String()), Ignore::new);
        assertThat(builder.build().describe()).hasToString("""
                Topologies:
                   Sub-topology: 0
                    Source: KSTREAM-SOURCE-0000000000 (topics: [in])
                      --> none

                  Sub-topology: 1 for global store (will not generate tasks)
                    Source: KSTREAM-SOURCE-0000000001 (topics: [topic])
                      --> KTABLE-SOURCE-0000000002
                    Processor: KTABLE-SOURCE-0000000002 (stores: [last])
                      --> none
                      <-- KSTREAM-SOURCE-0000000001
                """);
        assertThat(last.loggingEnabled()).isFalse();
    }
}
