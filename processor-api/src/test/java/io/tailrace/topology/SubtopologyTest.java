package io.tailrace.topology;

import static io.tailrace.topology.NamedStoreBuilder.logged;
import static io.tailrace.topology.NamedStoreBuilder.unlogged;
import static io.tailrace.topology.Suppliers.doingNothing;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class SubtopologyTest {
    private final Topology topology = new Topology();

    @Test
    void shouldMakeOnePartOfNodesThatAreConnected() {
        topology.addSource("s1", "in1")
                .addSource("s2", "in2")
                .addProcessor("join", doingNothing(), "s1", "s2")
                .addSink("sink", "out", "join");
        assertThat(topology.graph().subtopologies()).singleElement().satisfies(part -> {
            assertThat(part.id()).isZero();
            assertThat(part.nodes()).extracting(NodeSpec::name).containsExactly("s1", "s2", "join", "sink");
            assertThat(part.sourceTopics()).containsExactly("in1", "in2");
            assertThat(part.sinkTopics()).containsExactly("out");
            assertThat(part.stores()).isEmpty();
        });
    }

    @Test
    void shouldMakeOnePartOfProcessorsThatShareAStore() {
        topology.addSource("s1", "in1")
                .addSource("s2", "in2")
                .addSource("s3", "in3")
                .addProcessor("p1", doingNothing(), "s1")
                .addProcessor("p2", doingNothing(), "s2")
                .addProcessor("p3", doingNothing(), "s3");
        assertThat(topology.graph().subtopologies()).hasSize(3);
        topology.addStateStore(logged("store"), "p1", "p3").addStateStore(logged("unused"));
        List<SubtopologySpec> parts = topology.graph().subtopologies();
        assertThat(parts).hasSize(2);
        assertThat(parts.get(0).nodes()).extracting(NodeSpec::name).containsExactly("s1", "s3", "p1", "p3");
        assertThat(parts.get(0).stores()).containsExactly("store");
        assertThat(parts.get(1).nodes()).extracting(NodeSpec::name).containsExactly("s2", "p2");
        assertThat(parts.get(1).stores()).isEmpty();
    }

    @Test
    void shouldSplitWhereATopicLiesBetween() {
        topology.addSource("a-source", "in")
                .addSink("a-sink", "by-word-repartition", "a-source")
                .addSource("b-source", "by-word-repartition")
                .addSink("b-sink", "out", "b-source");
        List<SubtopologySpec> parts = topology.graph().subtopologies();
        assertThat(parts).extracting(SubtopologySpec::id).containsExactly(0, 1);
        assertThat(parts.get(0).sinkTopics()).containsExactly("by-word-repartition");
        assertThat(parts.get(1).sourceTopics()).containsExactly("by-word-repartition");
    }

    @Test
    void shouldCountInTheOrderInWhichSourcesWereAdded() {
        topology.addSource("c", "1").addSource("a", "2").addSource("b", "3");
        assertThat(topology.graph().subtopologies())
                .extracting(part -> part.id() + part.nodes().get(0).name())
                .containsExactly("0c", "1a", "2b");
    }

    @Test
    void shouldCountGlobalStoresAlong() {
        topology.addSource("a", "1")
                .addGlobalStore(unlogged("store"), "b", null, null, "2", "p", doingNothing())
                .addSource("c", "3");
        assertThat(topology.graph().subtopologies())
                .extracting(SubtopologySpec::id)
                .containsExactly(0, 2);
        assertThat(topology.describe().globalStores())
                .extracting(TopologyDescription.GlobalStore::id)
                .containsExactly(1);
    }

    @Test
    void shouldNotKnowTheTopicsThatAnExtractorChooses() {
        topology.addSource("a", "in").addSink("s", (key, value, context) -> "somewhere", "a");
        assertThat(topology.graph().subtopologies().get(0).sinkTopics()).isEmpty();
    }

    /** Compares with labels that are spread over all edges until nothing changes. */
    @Property(tries = 100)
    void shouldPutTwoNodesIntoOnePartExactlyWhenAPathConnectsThem(@ForAll long seed) {
        Random random = new Random(seed);
        Topology random0 = new Topology();
        List<String> names = new ArrayList<>();
        Map<String, Integer> label = new HashMap<>();
        List<List<String>> edges = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            String name = "n" + i;
            if (i < 2 || random.nextInt(3) == 0) {
                random0.addSource(name, "topic" + i);
            } else {
                String parent = names.get(random.nextInt(names.size()));
                random0.addProcessor(name, doingNothing(), parent);
                edges.add(List.of(parent, name));
            }
            names.add(name);
            label.put(name, i);
        }
        List<String> processors = random0.graph().processors().stream()
                .map(ProcessorSpec::name)
                .filter(name -> random.nextBoolean())
                .toList();
        random0.addStateStore(logged("store"), processors.toArray(String[]::new));
        processors.forEach(name -> edges.add(List.of(processors.get(0), name)));

        for (int round = 0; round < names.size(); round++) {
            for (List<String> edge : edges) {
                int lower = Math.min(label.getOrDefault(edge.get(0), 0), label.getOrDefault(edge.get(1), 0));
                edge.forEach(name -> label.put(name, lower));
            }
        }
        List<SubtopologySpec> parts = random0.graph().subtopologies();
        assertThat(parts).hasSize(Set.copyOf(label.values()).size());
        assertThat(parts).allSatisfy(part -> assertThat(part.nodes().stream()
                        .map(node -> label.getOrDefault(node.name(), -1))
                        .distinct())
                .hasSize(1));
    }
}
