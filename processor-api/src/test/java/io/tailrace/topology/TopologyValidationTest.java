package io.tailrace.topology;

import static io.tailrace.topology.NamedStoreBuilder.logged;
import static io.tailrace.topology.NamedStoreBuilder.unlogged;
import static io.tailrace.topology.Suppliers.doingNothing;
import static io.tailrace.topology.Suppliers.withStores;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.errors.TopologyException;
import io.tailrace.processor.api.Processor;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TopologyValidationTest {
    private final Topology topology = new Topology();

    @Test
    void shouldRefuseATopologyWithoutASourceAndSayHowToAddOne() {
        assertRefused(topology::graph).hasMessageContaining("no source").hasMessageContaining("addSource");
    }

    @Test
    void shouldRefuseASecondNodeOfTheSameNameWhateverItsKind() {
        topology.addSource("a", "in");
        assertRefused(() -> topology.addSource("a", "other")).hasMessageContaining("'a'");
        assertRefused(() -> topology.addProcessor("a", doingNothing(), "a")).hasMessageContaining("'a'");
        assertRefused(() -> topology.addSink("a", "out", "a")).hasMessageContaining("'a'");
        assertRefused(() -> addGlobal("a", "global", "p", "store")).hasMessageContaining("'a'");
    }

    @Test
    void shouldRefuseTheNamesOfAGlobalStoresNodes() {
        addGlobal("s", "global", "p", "store");
        assertRefused(() -> topology.addSource("s", "in")).hasMessageContaining("'s'");
        assertRefused(() -> topology.addSource("p", "in")).hasMessageContaining("'p'");
        assertRefused(() -> addGlobal("x", "global2", "x", "store2")).hasMessageContaining("'x'");
    }

    @Test
    void shouldRefuseATopicThatTwoSourcesRead() {
        topology.addSource("a", "in", "more");
        assertRefused(() -> topology.addSource("b", "fine", "more"))
                .hasMessageContaining("'more'")
                .hasMessageContaining("'a'")
                .hasMessageContaining("'b'");
        assertRefused(() -> addGlobal("g", "in", "p", "store")).hasMessageContaining("'in'");
        topology.addSource("b", "fine");
    }

    @Test
    void shouldRefuseATopicThatAGlobalStoreReads() {
        addGlobal("g", "global", "p", "store");
        assertRefused(() -> topology.addSource("a", "global")).hasMessageContaining("'g'");
    }

    @Test
    void shouldRefuseATopicThatOneSourceNamesTwice() {
        assertRefused(() -> topology.addSource("a", "in", "in")).hasMessageContaining("'in' twice");
    }

    @Test
    void shouldRefuseASourceWithoutTopics() {
        assertRefused(() -> topology.addSource("a")).hasMessageContaining("'a'").hasMessageContaining("no topic");
    }

    @Test
    void shouldRefuseAParentThatIsNotThere() {
        topology.addSource("a", "in");
        assertRefused(() -> topology.addProcessor("p", doingNothing(), "b"))
                .hasMessageContaining("'b'")
                .hasMessageContaining("[a]");
        assertRefused(() -> topology.addProcessor("p", doingNothing(), "p")).hasMessageContaining("'p'");
        assertRefused(() -> topology.addSink("s", "out", "b")).hasMessageContaining("'b'");
    }

    @Test
    void shouldRefuseASinkWithoutParentsOrANodeWithOneTwice() {
        topology.addSource("a", "in");
        assertRefused(() -> topology.addSink("s", "out")).hasMessageContaining("no parent");
        assertRefused(() -> topology.addProcessor("p", doingNothing(), "a", "a"))
                .hasMessageContaining("'a' twice");
    }

    @Test
    void shouldRefuseASinkAsAParent() {
        topology.addSource("a", "in").addSink("s", "out", "a");
        assertRefused(() -> topology.addProcessor("p", doingNothing(), "s")).hasMessageContaining("sink 's'");
        assertRefused(() -> topology.addSink("t", "out", "s")).hasMessageContaining("sink 's'");
    }

    @Test
    void shouldRefuseTheNodesOfAGlobalStoreAsParents() {
        addGlobal("g", "global", "p", "store");
        assertRefused(() -> topology.addProcessor("q", doingNothing(), "p")).hasMessageContaining("'p'");
    }

    @Test
    void shouldRefuseToConnectWhatIsNotThere() {
        topology.addSource("a", "in").addProcessor("p", doingNothing(), "a").addStateStore(logged("store"));
        assertRefused(() -> topology.connectProcessorAndStateStores("p", "stor"))
                .hasMessageContaining("[store]");
        assertRefused(() -> topology.connectProcessorAndStateStores("q", "store"))
                .hasMessageContaining("'q'");
        assertRefused(() -> topology.addStateStore(logged("other"), "q")).hasMessageContaining("'q'");
    }

    @Test
    void shouldRefuseToConnectAStoreToASourceOrSink() {
        topology.addSource("a", "in").addSink("s", "out", "a").addStateStore(logged("store"));
        assertRefused(() -> topology.connectProcessorAndStateStores("a", "store"))
                .hasMessageContaining("source or a sink");
        assertRefused(() -> topology.addStateStore(logged("other"), "s")).hasMessageContaining("source or a sink");
    }

    @Test
    void shouldRefuseAnotherStoreOfTheSameName() {
        topology.addStateStore(logged("store"));
        assertRefused(() -> topology.addStateStore(logged("store"))).hasMessageContaining("'store'");
        assertRefused(() -> addGlobal("g", "global", "p", "store")).hasMessageContaining("'store'");
    }

    @Test
    void shouldRefuseASuppliedStoreThatClashesAndThenNotAddTheProcessorEither() {
        topology.addSource("a", "in").addStateStore(logged("store"));
        assertRefused(() -> topology.addProcessor("p", withStores(logged("store")), "a"))
                .hasMessageContaining("'store'");
        assertRefused(() -> topology.addProcessor("p", withStores(logged("x"), unlogged("x")), "a"))
                .hasMessageContaining("'x' twice");
        topology.addProcessor("p", doingNothing(), "a");
        assertThat(topology.graph().stores()).extracting(StoreSpec::name).containsExactly("store");
    }

    @Test
    void shouldRefuseToConnectAGlobalStoreBecauseEveryProcessorMayReadIt() {
        addGlobal("g", "global", "gp", "store");
        topology.addSource("a", "in").addProcessor("p", doingNothing(), "a");
        assertRefused(() -> topology.connectProcessorAndStateStores("p", "store"))
                .hasMessageContaining("every processor may read it");
        assertRefused(() -> topology.addStateStore(logged("store"))).hasMessageContaining("'store'");
    }

    @Test
    void shouldRefuseAGlobalStoreWithAChangelog() {
        assertRefused(() -> topology.addGlobalStore(logged("store"), "g", null, null, "global", "p", doingNothing()))
                .hasMessageContaining("withLoggingDisabled()");
    }

    @Test
    void shouldRefuseAGlobalStoresProcessorThatBringsAlongAnother() {
        assertRefused(() -> topology.addGlobalStore(
                        unlogged("store"), "g", null, null, "global", "p", withStores(unlogged("other"))))
                .hasMessageContaining("'other'");
    }

    @Test
    void shouldRefuseAGlobalStoreOfSeveralTopics() {
        SourceSpec source = new SourceSpec("g", Set.of("x", "y"), null, null, null, null);
        assertRefused(() -> new TopologyBuilder().addGlobalStore(source, "p", doingNothing(), unlogged("store")))
                .hasMessageContaining("exactly one");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " "})
    void shouldRefuseANodeWithoutAName(String name) {
        assertRefused(() -> topology.addSource(name, "in")).hasMessageContaining("empty name");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".", "..", "a b", "a/b", "übung"})
    void shouldRefuseNamesThatNoTopicCanHave(String name) {
        topology.addSource("a", "in");
        assertRefused(() -> topology.addSource("b", name)).hasMessageContaining("topic '" + name + "'");
        assertRefused(() -> topology.addSink("b", name, "a")).hasMessageContaining("topic '" + name + "'");
        assertRefused(() -> topology.addStateStore(logged(name))).hasMessageContaining("store '" + name + "'");
    }

    @Test
    void shouldRefuseANameThatIsTooLongForATopic() {
        topology.addSource("a", "x".repeat(249));
        assertRefused(() -> topology.addSource("b", "y".repeat(250))).hasMessageContaining("250 characters");
    }

    @Test
    void shouldRefuseASupplierThatReturnsOneInstanceTwice() {
        Processor<String, String, Void, Void> shared =
                Suppliers.<String, String>doingNothing().get();
        topology.addSource("a", "in");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> topology.addProcessor("p", () -> shared, "a"))
                .withMessageContaining("'p'")
                .withMessageContaining("same instance");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> topology.addGlobalStore(unlogged("store"), "g", null, null, "global", "gp", () -> shared))
                .withMessageContaining("'gp'");
        topology.addProcessor("p", doingNothing(), "a");
    }

    @Test
    void shouldRefuseInternalTopicsThatNobodyReads() {
        RepartitionTopic topic = new RepartitionTopic("by-word-repartition", OptionalInt.empty());
        TopologyBuilder builder = new TopologyBuilder()
                .addSource(new SourceSpec("a", Set.of("in"), null, null, null, null))
                .addRepartitionTopic(topic);
        assertRefused(builder::build).hasMessageContaining("repartition topic 'by-word-repartition'");
        assertRefused(() -> builder.addRepartitionTopic(topic)).hasMessageContaining("added before");
        builder.addSource(new SourceSpec("b", Set.of("by-word-repartition"), null, null, null, null));
        assertThat(builder.build().repartitionTopics()).containsExactly(topic);
        builder.addCopartitionGroup(Set.of("in", "missing"));
        assertRefused(builder::build).hasMessageContaining("copartitioned topic 'missing'");
    }

    @Test
    void shouldRefuseARepartitionTopicWithoutPartitions() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new RepartitionTopic("r", OptionalInt.of(0)))
                .withMessageContaining("'r'");
    }

    @Test
    void shouldRefuseASinkThatHasBothOrNeitherOfTopicAndExtractor() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new SinkSpec("s", null, null, null, null, null, List.of("a")))
                .withMessageContaining("neither");
        assertThatIllegalArgumentException()
                .isThrownBy(
                        () -> new SinkSpec("s", "out", (key, value, context) -> "x", null, null, null, List.of("a")))
                .withMessageContaining("both");
    }

    private void addGlobal(String source, String topic, String processor, String store) {
        topology.addGlobalStore(unlogged(store), source, null, null, topic, processor, doingNothing());
    }

    private static AbstractThrowableAssert<?, ?> assertRefused(ThrowingCallable call) {
        return assertThatThrownBy(call).isExactlyInstanceOf(TopologyException.class);
    }
}
