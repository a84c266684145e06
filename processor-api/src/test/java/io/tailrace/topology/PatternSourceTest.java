package io.tailrace.topology;

import static io.tailrace.topology.NamedStoreBuilder.logged;
import static io.tailrace.topology.Suppliers.doingNothing;
import static io.tailrace.topology.Suppliers.withStores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.errors.TopologyException;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class PatternSourceTest {
    private final Topology topology = new Topology();

    @Test
    void shouldReadTheTopicsThatMatchAsAWhole() {
        topology.addSource("orders", Pattern.compile("orders-.*")).addSource("rest", "other");
        TopologyGraph graph = topology.graph();
        assertThat(graph.readsPatterns()).isTrue();

        TopologyGraph found = graph.reading(Set.of("orders-2", "orders-1", "old-orders-1", "other"));
        assertThat(found.sources().get(0).topics()).containsExactly("orders-1", "orders-2");
        assertThat(found.subtopologies().get(0).sourceTopics()).containsExactly("orders-1", "orders-2");
        assertThat(graph.sources().get(0).topics()).isEmpty();
        assertThat(found.reading(Set.of("orders-3")).sources().get(0).topics()).containsExactly("orders-3");
    }

    @Test
    void shouldRefuseATopicThatTwoSourcesWouldRead() {
        topology.addSource("orders", Pattern.compile("orders-.*"));
        assertThatThrownBy(() -> topology.addSource("one", "orders-1"))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("'orders-1'")
                .hasMessageContaining("'orders-.*'");
        topology.addSource("named", "first-1");
        assertThatThrownBy(() -> topology.addSource("first", Pattern.compile("first.*")))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("'first-1'");
        topology.addSource("ones", Pattern.compile("order.*-1"));
        assertThatThrownBy(() -> topology.graph().reading(Set.of("orders-1")))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("'orders'")
                .hasMessageContaining("'ones'");
    }

    @Test
    void shouldCopartitionWhatAPatternMatches() {
        TopologyGraph graph = new TopologyBuilder()
                .addSource(new SourceSpec("a", Set.of("in"), null, null, null, null))
                .addSource(new SourceSpec("b", Set.of(), Pattern.compile("x.*"), null, null, null, null))
                .addCopartitionGroup(Set.of("in"), Set.of("b"))
                .build()
                .reading(Set.of("in", "x1", "x2"));
        assertThat(graph.copartitionGroups()).containsExactly(Set.of("in", "x1", "x2"));
    }

    @Test
    void shouldDescribeThePattern() {
        topology.addSource("orders", Pattern.compile("orders-.*"));
        assertThat(topology.describe()).hasToString("""
                Topologies:
                   Sub-topology: 0
                    Source: orders (topics: orders-.*)
                      --> none

                """);
    }

    @Test
    void shouldLetAProcessorWithoutParentsWorkOnASharedStore() {
        topology.addSource("source", "in")
                .addProcessor("writer", doingNothing(), "source")
                .addProcessor("scanner", doingNothing());
        assertThatThrownBy(topology::graph)
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("'scanner' has no parent and shares no store");

        topology.addStateStore(logged("store"), "writer", "scanner");
        assertThat(topology.graph().subtopologies()).hasSize(1);
        assertThat(topology.graph().subtopologies().get(0).nodes())
                .extracting(NodeSpec::name)
                .containsExactly("source", "writer", "scanner");
    }

    @Test
    void shouldTakeAlongTheStoresOfAProcessorWithoutParents() {
        NamedStoreBuilder shared = logged("store");
        topology.addSource("source", "in")
                .addProcessor("writer", withStores(shared), "source")
                .addProcessor("scanner", withStores(shared));
        assertThat(topology.graph().subtopologies()).hasSize(1);
    }
}
