package io.tailrace.runtime.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.errors.MisconfiguredInternalTopicException;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.processor.PunctuationType;
import io.tailrace.processor.api.ContextualProcessor;
import io.tailrace.processor.api.FixedKeyProcessorSupplier;
import io.tailrace.processor.api.Processor;
import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.processor.api.ProcessorWrapper;
import io.tailrace.processor.api.Record;
import io.tailrace.processor.api.WrappedFixedKeyProcessorSupplier;
import io.tailrace.processor.api.WrappedProcessorSupplier;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.serde.StringDeserializer;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.KeyValueStore;
import io.tailrace.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Parts of the Processor API that concern the whole topology. */
class ProcessorApiTest {
    @TempDir
    Path dir = Path.of("replaced by JUnit");

    private static Topology copying(Pattern topics) {
        return new Topology()
                .addSource("source", topics)
                .addProcessor(
                        "node",
                        Nodes.each((context, record) -> context.forward(record.withValue(
                                context.recordMetadata().orElseThrow().topic() + " " + record.value()))),
                        "source")
                .addSink("sink", "out", "node");
    }

    @Test
    void shouldReadAllTopicsThatMatchAPattern() {
        try (Rig rig = new Rig(dir).topic("in-a", 2).topic("in-b", 1).topic("other", 1)) {
            rig.send("in-a", 0, "k", "1", 1);
            rig.send("in-a", 1, "k", "2", 1);
            rig.send("in-b", "k", "3", 2);
            rig.send("other", "k", "4", 2);
            rig.open(copying(Pattern.compile("in-.*")));
            rig.run().commit();
            assertThat(rig.values("out")).containsExactlyInAnyOrder("in-a 1", "in-a 2", "in-b 3");
            assertThat(rig.committed("in-a")).containsExactly(1L, 1L);
            assertThat(rig.committed("other")).containsExactly(-1L);
        }
    }

    @Test
    void shouldNotReadItsOwnInternalTopicsByPattern() {
        Topology topology = new Topology()
                .addSource("source", Pattern.compile(".*"))
                .addProcessor(
                        "node",
                        Nodes.each((context, record) -> {
                            KeyValueStore<String, String> store = context.getStateStore("last");
                            store.put(Objects.requireNonNull(record.key()), record.value());
                        }),
                        "source")
                .addStateStore(Nodes.persistent("last"), "node");
        try (Rig rig = new Rig(dir).topic("in", 1)) {
            rig.send("in", "k", "v", 1);
            rig.open(topology);
            rig.run().commit();
            rig.closeApp();
            rig.open(topology);
            rig.run().commit();
            assertThat(rig.read("app-last-changelog")).hasSize(1);
        }
    }

    @Test
    void shouldStartWithoutATopicThatMatches() {
        try (Rig rig = new Rig(dir)) {
            StreamsEngine engine = rig.open(copying(Pattern.compile("in-.*")));
            assertThat(engine.workerCount()).isZero();
            assertThat(engine.isIdle()).isTrue();
        }
    }

    @Test
    void shouldRefuseATopicThatNeedsMoreChangelogPartitionsThanThereAre() {
        Topology topology = new Topology()
                .addSource("source", Pattern.compile("in-.*"))
                .addProcessor("node", Nodes.forwarding(), "source")
                .addStateStore(Nodes.persistent("last"), "node");
        try (Rig rig = new Rig(dir).topic("in-1", 1)) {
            rig.open(topology);
            rig.closeApp();
            rig.topic("in-2", 2);
            assertThatThrownBy(() -> rig.open(topology)).isInstanceOf(MisconfiguredInternalTopicException.class);
        }
    }

    @Test
    void shouldRunPunctuatorsOfAProcessorWithoutParents() {
        Topology topology = new Topology()
                .addSource("source", "in")
                .addProcessor(
                        "writer",
                        Nodes.each((context, record) -> {
                            KeyValueStore<String, String> store = context.getStateStore("last");
                            store.put(Objects.requireNonNull(record.key()), record.value());
                        }),
                        "source")
                .addProcessor(
                        "scanner",
                        Nodes.with(
                                context -> context.schedule(
                                        Duration.ofSeconds(1), PunctuationType.WALL_CLOCK_TIME, nowMs -> {
                                            KeyValueStore<String, String> store = context.getStateStore("last");
                                            try (KeyValueIterator<String, String> all = store.all()) {
                                                all.forEachRemaining(entry ->
                                                        context.forward(new Record<>(entry.key, entry.value, nowMs)));
                                            }
                                        }),
                                (context, record) -> {}))
                .addStateStore(Nodes.inMemory("last"), "writer", "scanner")
                .addSink("sink", "out", "scanner");
        try (Rig rig = new Rig(dir).topic("in", 1).topic("out", 1)) {
            rig.open(topology);
            rig.send("in", "k", "v", 1);
            rig.run().commit();
            assertThat(rig.values("out")).isEmpty();
            rig.clock.advance(Duration.ofSeconds(1));
            rig.run().commit();
            assertThat(rig.values("out")).containsExactly("v");
        }
    }

    /** Rows of topic "rows" in a store that another processor reads. */
    private static Topology lookingUp() {
        return Nodes.rows()
                .addSource("source", "in")
                .addProcessor(
                        "lookup",
                        Nodes.each((context, record) -> {
                            KeyValueStore<String, String> rows = context.getStateStore("rows-store");
                            context.forward(record.withValue(
                                    record.value() + "=" + rows.get(Objects.requireNonNull(record.key()))));
                        }),
                        "source")
                .connectProcessorAndStateStores("lookup", "rows-store")
                .addSink("sink", "out", "lookup");
    }

    @Test
    void shouldFillAReadOnlyStoreFromItsTopicAndRestoreItFromThere() {
        try (Rig rig = new Rig(dir).topic("in", 1).topic("rows", 1).topic("out", 1)) {
            rig.send("rows", "a", "1", 1);
            rig.send("rows", "b", "2", 2);
            rig.open(lookingUp());
            rig.send("in", "a", "x", 10);
            rig.run().commit();
            assertThat(rig.values("out")).containsExactly("x=1");
            assertThat(rig.log.admin().listTopics()).doesNotContain("app-rows-store-changelog");
            rig.send("rows", "b", "3", 20);
            rig.run();
            rig.crash(); // what was not committed is processed again, not restored

            rig.restores.entries.clear();
            rig.open(lookingUp());
            rig.send("in", "b", "y", 30);
            rig.run().commit();
            assertThat(rig.values("out")).containsExactly("x=1", "y=3");
            rig.closeApp();

            StateDirectory.delete(new StreamsConfig(rig.config), rig.log);
            rig.restores.entries.clear();
            rig.open(lookingUp());
            assertThat(rig.restores.entries).contains("start rows-store rows-0 0..3", "end rows-store 3");
            rig.send("in", "a", "z", 40);
            rig.run().commit();
            assertThat(rig.values("out")).containsExactly("x=1", "y=3", "z=1");
        }
    }

    /** As after a power loss that took the last committed offsets: what is processed again must not meet its own result. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldFillAReadOnlyStoreAnewThatIsAheadOfItsInput(boolean exactlyOnce) {
        TopicPartition rows = new TopicPartition("rows", 0);
        try (Rig rig = new Rig(dir).topic("in", 1).topic("rows", 1).topic("out", 1)) {
            rig.with("processing.guarantee", exactlyOnce ? "exactly_once_v2" : "at_least_once");
            rig.open(lookingUp());
            rig.send("rows", "a", "1", 1);
            rig.send("rows", "b", "2", 2);
            rig.send("rows", "b", "3", 3);
            rig.run().commit();
            rig.closeApp();
            try (Consumer<String, String> group = rig.log.newConsumer(
                    ConsumerConfig.DEFAULT.withGroupId("app"), new StringDeserializer(), new StringDeserializer())) {
                group.commitSync(Map.of(rows, new OffsetAndMetadata(1)));
            }

            rig.restores.entries.clear();
            rig.open(lookingUp());
            if (exactlyOnce) {
                assertThat(rig.restores.entries).containsExactly("start rows-store rows-0 0..1", "end rows-store 1");
            } else {
                assertThat(rig.restores.entries).as("it is kept").isEmpty();
            }
            rig.send("in", "b", "x", 10);
            rig.run().commit();
            assertThat(rig.values("out")).containsExactly("x=3");
            assertThat(rig.committed("rows")).containsExactly(3L);
        }
    }

    @Test
    void shouldWriteToSeveralPartitionsOrNone() {
        Topology topology = new Topology()
                .addSource("source", "in")
                .<String, String>addSink(
                        "sink",
                        "out",
                        (topic, key, value, count) ->
                                "none".equals(value) ? Optional.of(Set.of()) : Optional.of(Set.of(0, 2)),
                        "source");
        try (Rig rig = new Rig(dir).topic("in", 1).topic("out", 3)) {
            rig.open(topology);
            rig.send("in", "k", "v", 1);
            rig.send("in", "k", "none", 2);
            rig.run().commit();
            assertThat(rig.read("out")).extracting(ConsumerRecord::partition).containsExactly(0, 2);
        }
    }

    /** Puts the processor's name in front of the value of everything that a processor gets. */
    public static final class Stamping implements ProcessorWrapper {
        private String sign = "unset";

        @Override
        public void configure(Map<String, ?> configs) {
            sign = String.valueOf(configs.get("application.id"));
        }

        @Override
        @SuppressWarnings("unchecked") // all records here are of strings
        public <KIn, VIn, KOut, VOut> WrappedProcessorSupplier<KIn, VIn, KOut, VOut> wrapProcessorSupplier(
                String processorName, ProcessorSupplier<KIn, VIn, KOut, VOut> supplier) {
            return () -> new ContextualProcessor<>() {
                private final Processor<KIn, VIn, KOut, VOut> inner = supplier.get();

                @Override
                public void init(io.tailrace.processor.api.ProcessorContext<KOut, VOut> context) {
                    super.init(context);
                    inner.init(context);
                }

                @Override
                public void process(Record<KIn, VIn> record) {
                    inner.process(record.withValue((VIn) (sign + "/" + processorName + " " + record.value())));
                }
            };
        }

        @Override
        public <KIn, VIn, VOut> WrappedFixedKeyProcessorSupplier<KIn, VIn, VOut> wrapFixedKeyProcessorSupplier(
                String processorName, FixedKeyProcessorSupplier<KIn, VIn, VOut> supplier) {
            return ProcessorWrapper.asWrappedFixedKey(supplier);
        }
    }

    @Test
    void shouldWrapProcessorsAsConfigured() {
        try (Rig rig = new Rig(dir).topic("in", 1).topic("out", 1).with("processor.wrapper.class", Stamping.class)) {
            rig.open(Nodes.pipe(Nodes.forwarding()));
            rig.send("in", "k", "v", 1);
            rig.run().commit();
            assertThat(rig.values("out")).isEqualTo(List.of("app/node v"));
        }
    }
}
