package io.tailrace.topology;

import static io.tailrace.topology.NamedStoreBuilder.logged;
import static io.tailrace.topology.NamedStoreBuilder.unlogged;
import static io.tailrace.topology.Suppliers.doingNothing;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.processor.RecordContext;
import io.tailrace.processor.TopicNameExtractor;
import io.tailrace.topology.TopologyDescription.Node;
import io.tailrace.topology.TopologyDescription.Processor;
import io.tailrace.topology.TopologyDescription.Sink;
import io.tailrace.topology.TopologyDescription.Source;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopologyDescriptionTest {
    private final Topology topology = new Topology();

    @Test
    void shouldPrintAnEmptyTopology() {
        assertThat(topology.describe()).hasToString("Topologies:\n ");
    }

    @Test
    void shouldPrintALineOfNodes() {
        wordCountUpTo("out");
        assertThat(topology.describe()).hasToString("""
                        Topologies:
                           Sub-topology: 0
                            Source: KSTREAM-SOURCE-0000000000 (topics: [lines])
                              --> KSTREAM-FLATMAPVALUES-0000000001
                            Processor: KSTREAM-FLATMAPVALUES-0000000001 (stores: [])
                              --> KSTREAM-AGGREGATE-0000000003
                              <-- KSTREAM-SOURCE-0000000000
                            Processor: KSTREAM-AGGREGATE-0000000003 (stores: [counts])
                              --> KSTREAM-SINK-0000000004
                              <-- KSTREAM-FLATMAPVALUES-0000000001
                            Sink: KSTREAM-SINK-0000000004 (topic: out)
                              <-- KSTREAM-AGGREGATE-0000000003

                        """);
    }

    @Test
    void shouldPrintTwoPartsWithARepartitionTopicBetween() {
        topology.addSource("source-1", "in")
                .addSink("sink-1", "by-word-repartition", "source-1")
                .addSource("source-2", "by-word-repartition")
                .addProcessor("count", doingNothing(), "source-2")
                .addStateStore(logged("counts"), "count");
        assertThat(topology.describe()).hasToString("""
                        Topologies:
                           Sub-topology: 0
                            Source: source-1 (topics: [in])
                              --> sink-1
                            Sink: sink-1 (topic: by-word-repartition)
                              <-- source-1

                          Sub-topology: 1
                            Source: source-2 (topics: [by-word-repartition])
                              --> count
                            Processor: count (stores: [counts])
                              --> none
                              <-- source-2

                        """);
    }

    @Test
    void shouldPrintGlobalStoresAmongTheParts() {
        topology.addSource("a", "in1")
                .addGlobalStore(unlogged("cities"), "b", null, null, "airports", "b-processor", doingNothing())
                .addSource("c", "in2");
        assertThat(topology.describe()).hasToString("""
                        Topologies:
                           Sub-topology: 0
                            Source: a (topics: [in1])
                              --> none

                          Sub-topology: 1 for global store (will not generate tasks)
                            Source: b (topics: [airports])
                              --> b-processor
                            Processor: b-processor (stores: [cities])
                              --> none
                              <-- b
                          Sub-topology: 2
                            Source: c (topics: [in2])
                              --> none

                        """);
    }

    @Test
    void shouldPrintAGlobalStoreAlone() {
        topology.addGlobalStore(unlogged("cities"), "s", null, null, "airports", "p", doingNothing());
        assertThat(topology.describe()).hasToString("""
                        Topologies:
                           Sub-topology: 0 for global store (will not generate tasks)
                            Source: s (topics: [airports])
                              --> p
                            Processor: p (stores: [cities])
                              --> none
                              <-- s
                        """);
    }

    @Test
    void shouldPrintTheLongerBranchFirstAndParentsBeforeChildren() {
        topology.addSource("source", "in2", "in1")
                .addProcessor("a-short", doingNothing(), "source")
                .addProcessor("z-long", doingNothing(), "source")
                .addProcessor("middle", doingNothing(), "z-long")
                .addSink("sink", "out", "middle", "a-short");
        assertThat(topology.describe()).hasToString("""
                        Topologies:
                           Sub-topology: 0
                            Source: source (topics: [in1, in2])
                              --> z-long, a-short
                            Processor: z-long (stores: [])
                              --> middle
                              <-- source
                            Processor: a-short (stores: [])
                              --> sink
                              <-- source
                            Processor: middle (stores: [])
                              --> sink
                              <-- z-long
                            Sink: sink (topic: out)
                              <-- a-short, middle

                        """);
    }

    @Test
    void shouldPrintTheExtractorOfASinkWithoutATopic() {
        TopicNameExtractor<String, String> byKey = new TopicNameExtractor<>() {
            @Override
            public String extract(@Nullable String key, @Nullable String value, RecordContext context) {
                return key == null ? "none" : key;
            }

            @Override
            public String toString() {
                return "by-key";
            }
        };
        topology.addSource("source", "in").addSink("sink", byKey, "source");
        assertThat(topology.describe().toString())
                .contains("    Sink: sink (extractor class: by-key)\n      <-- source\n");
        Sink sink = (Sink) node("sink");
        assertThat(sink.topic()).isNull();
        assertThat(sink.topicNameExtractor()).isSameAs(byKey);
    }

    @Test
    void shouldLeadFromEachNodeToItsNeighboursAndBack() {
        wordCountUpTo("out");
        Source source = (Source) node("KSTREAM-SOURCE-0000000000");
        assertThat(source.topicSet()).containsExactly("lines");
        assertThat(source.predecessors()).isEmpty();
        Node split = source.successors().iterator().next();
        assertThat(split.predecessors()).containsExactly(source);
        Processor count = (Processor) split.successors().iterator().next();
        assertThat(count.stores()).containsExactly("counts");
        Sink sink = (Sink) count.successors().iterator().next();
        assertThat(sink.topic()).isEqualTo("out");
        assertThat(sink.topicNameExtractor()).isNull();
        assertThat(sink.successors()).isEmpty();
    }

    @Test
    void shouldBeEqualToTheDescriptionOfAnEqualTopology() {
        wordCountUpTo("out");
        TopologyDescription description = topology.describe();
        assertThat(topology.describe()).isEqualTo(description).hasSameHashCodeAs(description);
        assertThat(topology.describe().subtopologies()).isEqualTo(description.subtopologies());
        topology.addSink("another", "out", "KSTREAM-SOURCE-0000000000");
        assertThat(topology.describe()).isNotEqualTo(description);
    }

    private void wordCountUpTo(String topic) {
        topology.addSource("KSTREAM-SOURCE-0000000000", "lines")
                .addProcessor("KSTREAM-FLATMAPVALUES-0000000001", doingNothing(), "KSTREAM-SOURCE-0000000000")
                .addProcessor("KSTREAM-AGGREGATE-0000000003", doingNothing(), "KSTREAM-FLATMAPVALUES-0000000001")
                .addStateStore(logged("counts"), "KSTREAM-AGGREGATE-0000000003")
                .addSink("KSTREAM-SINK-0000000004", topic, "KSTREAM-AGGREGATE-0000000003");
    }

    private Node node(String name) {
        return topology.describe().subtopologies().stream()
                .flatMap(part -> part.nodes().stream())
                .filter(node -> node.name().equals(name))
                .findFirst()
                .orElseThrow();
    }
}
