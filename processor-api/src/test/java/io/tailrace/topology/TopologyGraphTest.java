package io.tailrace.topology;

import static io.tailrace.topology.NamedStoreBuilder.logged;
import static io.tailrace.topology.NamedStoreBuilder.unlogged;
import static io.tailrace.topology.Suppliers.doingNothing;
import static io.tailrace.topology.Suppliers.withStores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tailrace.processor.AutoOffsetReset;
import io.tailrace.processor.StreamPartitioner;
import io.tailrace.processor.TimestampExtractor;
import io.tailrace.processor.TopicNameExtractor;
import io.tailrace.processor.time.FailOnInvalidTimestamp;
import io.tailrace.serde.Deserializer;
import io.tailrace.serde.Serdes;
import io.tailrace.serde.Serializer;
import io.tailrace.state.StoreBuilder;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TopologyGraphTest {
    private final Topology topology = new Topology();

    @Test
    void shouldKeepWhatASourceWasGiven() {
        TimestampExtractor extractor = new FailOnInvalidTimestamp();
        Deserializer<String> key = Serdes.String().deserializer();
        Deserializer<Long> value = Serdes.Long().deserializer();
        topology.addSource("plain", "a", "b")
                .addSource(AutoOffsetReset.earliest(), "reset", "c")
                .addSource(extractor, "time", "d")
                .addSource(AutoOffsetReset.latest(), extractor, "both", "e")
                .addSource("serdes", key, value, "f")
                .addSource(AutoOffsetReset.none(), "reset-serdes", key, value, "g")
                .addSource(AutoOffsetReset.none(), "all", extractor, key, value, "h");
        assertThat(topology.graph().sources())
                .containsExactly(
                        new SourceSpec("plain", Set.of("a", "b"), null, null, null, null),
                        new SourceSpec("reset", Set.of("c"), AutoOffsetReset.earliest(), null, null, null),
                        new SourceSpec("time", Set.of("d"), null, extractor, null, null),
                        new SourceSpec("both", Set.of("e"), AutoOffsetReset.latest(), extractor, null, null),
                        new SourceSpec("serdes", Set.of("f"), null, null, key, value),
                        new SourceSpec("reset-serdes", Set.of("g"), AutoOffsetReset.none(), null, key, value),
                        new SourceSpec("all", Set.of("h"), AutoOffsetReset.none(), extractor, key, value));
    }

    @Test
    void shouldKeepWhatASinkWasGiven() {
        TopicNameExtractor<String, Long> chosen = (key, value, context) -> "out";
        StreamPartitioner<String, Long> partitioner = (topic, key, value, count) -> Optional.empty();
        Serializer<String> keys = Serdes.String().serializer();
        Serializer<Long> values = Serdes.Long().serializer();
        List<String> in = List.of("in");
        topology.addSource("in", "topic")
                .addSink("1", "out", "in")
                .addSink("2", "out", partitioner, "in")
                .addSink("3", "out", keys, values, "in")
                .addSink("4", "out", keys, values, partitioner, "in")
                .addSink("5", chosen, "in")
                .addSink("6", chosen, partitioner, "in")
                .addSink("7", chosen, keys, values, "in")
                .addSink("8", chosen, keys, values, partitioner, "in");
        assertThat(topology.graph().sinks())
                .containsExactly(
                        new SinkSpec("1", "out", null, null, null, null, in),
                        new SinkSpec("2", "out", null, null, null, partitioner, in),
                        new SinkSpec("3", "out", null, keys, values, null, in),
                        new SinkSpec("4", "out", null, keys, values, partitioner, in),
                        new SinkSpec("5", null, chosen, null, null, null, in),
                        new SinkSpec("6", null, chosen, null, null, partitioner, in),
                        new SinkSpec("7", null, chosen, keys, values, null, in),
                        new SinkSpec("8", null, chosen, keys, values, partitioner, in));
    }

    @Test
    void shouldGiveChildrenInTheOrderTheyWereAdded() {
        topology.addSource("source", "in")
                .addProcessor("z", doingNothing(), "source")
                .addProcessor("a", doingNothing(), "source", "z")
                .addSink("m", "out", "source");
        TopologyGraph graph = topology.graph();
        assertThat(graph.children("source")).containsExactly("z", "a", "m");
        assertThat(graph.children("z")).containsExactly("a");
        assertThat(graph.children("m")).isEmpty();
        assertThat(graph.node("a").parents()).containsExactly("source", "z");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> graph.children("x"))
                .withMessageContaining("'x'");
    }

    @Test
    void shouldConnectStoresInEachOfTheFourWays() {
        StoreBuilder<?> supplied = logged("supplied");
        topology.addSource("source", "in")
                .addProcessor("p", doingNothing(), "source")
                .addProcessor("q", withStores(supplied), "source")
                .addStateStore(logged("with"), "p", "q")
                .addStateStore(logged("later"))
                .connectProcessorAndStateStores("p", "later", "supplied");
        TopologyGraph graph = topology.graph();
        assertThat(graph.stores())
                .extracting(StoreSpec::name, StoreSpec::processors)
                .containsExactly(
                        tuple("supplied", Set.of("p", "q")),
                        tuple("with", Set.of("p", "q")),
                        tuple("later", Set.of("p")));
        assertThat(graph.processors())
                .filteredOn(processor -> processor.name().equals("p"))
                .singleElement()
                .satisfies(p -> assertThat(p.stores()).containsExactly("with", "later", "supplied"));

        ProcessorSpec spec = new ProcessorSpec("r", doingNothing(), List.of("source"), Set.of("with"));
        TopologyGraph inSpec = new TopologyBuilder()
                .addSource(new SourceSpec("source", Set.of("in"), null, null, null, null))
                .addStateStore(logged("with"))
                .addProcessor(spec)
                .build();
        assertThat(inSpec.stores()).singleElement().satisfies(store -> assertThat(store.processors())
                .containsExactly("r"));
    }

    @Test
    void shouldShareAStoreThatSeveralSuppliersBringAlong() {
        StoreBuilder<?> shared = logged("shared");
        topology.addSource("source", "in")
                .addStateStore(shared)
                .addProcessor("p", withStores(shared), "source")
                .addProcessor("q", withStores(shared), "source");
        assertThat(topology.graph().stores()).containsExactly(new StoreSpec(shared, Set.of("p", "q")));
    }

    @Test
    void shouldKeepGlobalStoresApart() {
        TimestampExtractor extractor = new FailOnInvalidTimestamp();
        Deserializer<String> text = Serdes.String().deserializer();
        topology.addSource("source", "in")
                .addGlobalStore(unlogged("other-store"), "s2", text, text, "other", "p2", doingNothing())
                .addGlobalStore(unlogged("third"), "s3", extractor, text, text, "third", "p3", doingNothing());
        TopologyGraph graph = topology.graph();
        assertThat(graph.globalStores()).extracting(GlobalStoreSpec::name).containsExactly("other-store", "third");
        assertThat(graph.globalStores()).extracting(GlobalStoreSpec::topic).containsExactly("other", "third");
        assertThat(graph.globalStores().get(1).source())
                .isEqualTo(new SourceSpec("s3", Set.of("third"), null, extractor, text, text));
        assertThat(graph.sources()).hasSize(1);
        assertThat(graph.processors()).isEmpty();
        assertThat(graph.stores()).isEmpty();
    }

    @Test
    void shouldAcceptATopologyOfGlobalStoresOnly() {
        topology.addGlobalStore(unlogged("store"), "s", null, null, "global", "p", doingNothing());
        assertThat(topology.graph().subtopologies()).isEmpty();
    }

    @Test
    void shouldNotChangeAGraphAfterItWasBuilt() {
        topology.addSource("source", "in").addProcessor("p", doingNothing(), "source");
        TopologyGraph graph = topology.graph();
        TopologyDescription description = topology.describe();
        topology.addSink("sink", "out", "p").addStateStore(logged("store"), "p");
        assertThat(graph.sinks()).isEmpty();
        assertThat(graph.stores()).isEmpty();
        assertThat(graph.children("p")).isEmpty();
        assertThat(graph.processors().get(0).stores()).isEmpty();
        assertThat(description.toString()).doesNotContain("sink");
        assertThat(topology.graph().children("p")).containsExactly("sink");
        assertThatThrownBy(() -> graph.children("source").add("x")).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> graph.sources().get(0).topics().add("x"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void shouldBeTheSameTopologyAsTheBuilderItIsMadeOf() {
        TopologyBuilder builder = new TopologyBuilder()
                .addSource(new SourceSpec("source", Set.of("in"), null, null, null, null))
                .addCopartitionGroup(Set.of("in"));
        Topology made = Topology.of(builder).addSink("sink", "out", "source");
        assertThat(made.graph().copartitionGroups()).containsExactly(Set.of("in"));
        assertThat(builder.build().sinks()).extracting(SinkSpec::name).containsExactly("sink");
    }
}
