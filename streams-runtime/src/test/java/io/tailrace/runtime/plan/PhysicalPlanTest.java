package io.tailrace.runtime.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tailrace.common.TopicPartition;
import io.tailrace.errors.MisconfiguredInternalTopicException;
import io.tailrace.errors.MissingSourceTopicException;
import io.tailrace.errors.TopologyException;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.TaskId;
import io.tailrace.processor.api.Processor;
import io.tailrace.processor.api.ProcessorSupplier;
import io.tailrace.processor.api.Record;
import io.tailrace.serde.Serdes;
import io.tailrace.state.StoreBuilder;
import io.tailrace.stores.Stores;
import io.tailrace.topology.ProcessorSpec;
import io.tailrace.topology.RepartitionTopic;
import io.tailrace.topology.SinkSpec;
import io.tailrace.topology.SourceSpec;
import io.tailrace.topology.Topology;
import io.tailrace.topology.TopologyBuilder;
import io.tailrace.topology.TopologyGraph;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class PhysicalPlanTest {
    private static final ProcessorSupplier<Object, Object, Object, Object> NOTHING = Nothing::new;

    private static final class Nothing implements Processor<Object, Object, Object, Object> {
        @Override
        public void process(Record<Object, Object> record) {}
    }

    private static final class GlobalNothing implements Processor<String, String, Void, Void> {
        @Override
        public void process(Record<String, String> record) {}
    }

    private static StoreBuilder<? extends StateStore> store(String name) {
        return Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.String());
    }

    private static PhysicalPlan plan(TopologyGraph graph, Map<String, Integer> existing) {
        return PhysicalPlan.of(graph, "app", existing, Map.of());
    }

    private static SourceSpec source(String name, String... topics) {
        return new SourceSpec(name, Set.of(topics), null, null, null, null);
    }

    private static SinkSpec sink(String name, String topic, String... parents) {
        return new SinkSpec(name, topic, null, null, null, null, List.of(parents));
    }

    /** in → [first] → re (internal) → [second] with a store. */
    private static TopologyGraph repartitioned(OptionalInt partitions) {
        return new TopologyBuilder()
                .addRepartitionTopic(new RepartitionTopic("re", partitions))
                .addSource(source("a-source", "in"))
                .addSink(sink("to-re", "re", "a-source"))
                .addSource(source("b-source", "re"))
                .addProcessor(new ProcessorSpec("second", NOTHING, List.of("b-source"), Set.of()))
                .addStateStore(store("counts"), "second")
                .build();
    }

    @Test
    void shouldMakeOneTaskPerPartition() {
        Topology topology = new Topology().addSource("source", "in").addProcessor("node", NOTHING, "source");

        PhysicalPlan plan = plan(topology.graph(), Map.of("in", 3));

        assertThat(plan.tasks())
                .extracting(TaskPlan::id)
                .containsExactly(new TaskId(0, 0), new TaskId(0, 1), new TaskId(0, 2));
        assertThat(plan.tasks().get(2).inputs()).containsExactly(new TopicPartition("in", 2));
        assertThat(plan.internalTopics()).isEmpty();
    }

    @Test
    void shouldSplitSubtopologiesAtARepartitionTopic() {
        PhysicalPlan plan = plan(repartitioned(OptionalInt.empty()), Map.of("in", 2));

        assertThat(plan.tasks())
                .extracting(TaskPlan::id)
                .containsExactly(new TaskId(0, 0), new TaskId(0, 1), new TaskId(1, 0), new TaskId(1, 1));
        assertThat(plan.tasks().get(2).inputs()).containsExactly(new TopicPartition("app-re", 0));
    }

    @Test
    void shouldGiveARepartitionTopicTheCountOfItsSources() {
        PhysicalPlan plan = plan(repartitioned(OptionalInt.empty()), Map.of("in", 5));

        assertThat(plan.internalTopics())
                .extracting(InternalTopic::name, InternalTopic::partitions)
                .containsExactly(tuple("app-re", 5), tuple("app-counts-changelog", 5));
    }

    @Test
    void shouldGiveARepartitionTopicTheCountItAsksFor() {
        PhysicalPlan plan = plan(repartitioned(OptionalInt.of(7)), Map.of("in", 2));

        assertThat(plan.partitions()).containsEntry("app-re", 7);
        assertThat(plan.tasks()).hasSize(9);
    }

    @Test
    void shouldResolveCountsThroughAChainOfRepartitionTopics() {
        TopologyGraph graph = new TopologyBuilder()
                .addRepartitionTopic(new RepartitionTopic("re-1", OptionalInt.empty()))
                .addRepartitionTopic(new RepartitionTopic("re-2", OptionalInt.empty()))
                .addSource(source("z", "in"))
                .addSink(sink("z-sink", "re-1", "z"))
                .addSource(source("y", "re-1"))
                .addSink(sink("y-sink", "re-2", "y"))
                .addSource(source("x", "re-2"))
                .addProcessor(new ProcessorSpec("end", NOTHING, List.of("x"), Set.of()))
                .build();

        assertThat(plan(graph, Map.of("in", 4)).partitions())
                .containsEntry("app-re-1", 4)
                .containsEntry("app-re-2", 4);
    }

    @Test
    void shouldAdaptARepartitionTopicToWhatItIsJoinedWith() {
        TopologyGraph graph = new TopologyBuilder()
                .addRepartitionTopic(new RepartitionTopic("re", OptionalInt.empty()))
                .addSource(source("left", "in"))
                .addSink(sink("to-re", "re", "left"))
                .addSource(source("rekeyed", "re"))
                .addSource(source("right", "table"))
                .addProcessor(new ProcessorSpec("join", NOTHING, List.of("rekeyed", "right"), Set.of()))
                .addCopartitionGroup(Set.of("re", "table"))
                .build();

        assertThat(plan(graph, Map.of("in", 2, "table", 6)).partitions()).containsEntry("app-re", 6);
    }

    @Test
    void shouldRefuseJoinedTopicsWithDifferentCounts() {
        TopologyGraph graph = new TopologyBuilder()
                .addSource(source("left", "orders"))
                .addSource(source("right", "customers"))
                .addProcessor(new ProcessorSpec("join", NOTHING, List.of("left", "right"), Set.of()))
                .addCopartitionGroup(Set.of("orders", "customers"))
                .build();

        assertThatThrownBy(() -> plan(graph, Map.of("orders", 4, "customers", 3)))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("customers=3")
                .hasMessageContaining("orders=4");
    }

    @Test
    void shouldMakeTasksForTheWidestTopicOfASubtopology() {
        Topology topology = new Topology()
                .addSource("narrow", "one")
                .addSource("wide", "three")
                .addProcessor("both", NOTHING, "narrow", "wide");

        PhysicalPlan plan = plan(topology.graph(), Map.of("one", 1, "three", 3));

        assertThat(plan.tasks()).hasSize(3);
        assertThat(plan.tasks().get(0).inputs())
                .containsExactlyInAnyOrder(new TopicPartition("one", 0), new TopicPartition("three", 0));
        assertThat(plan.tasks().get(2).inputs()).containsExactly(new TopicPartition("three", 2));
    }

    @Test
    void shouldNameAllMissingSourceTopics() {
        Topology topology =
                new Topology().addSource("source", "here", "gone", "lost").addProcessor("node", NOTHING, "source");

        assertThatThrownBy(() -> plan(topology.graph(), Map.of("here", 1)))
                .isInstanceOf(MissingSourceTopicException.class)
                .hasMessageContaining("[gone, lost]");
    }

    @Test
    void shouldRefuseATopologyWithoutASource() {
        assertThatThrownBy(() -> plan(new TopologyBuilder().build(), Map.of()))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("no source");
    }

    @Test
    void shouldRefuseAnInternalTopicWithAnotherCount() {
        assertThatThrownBy(() -> plan(repartitioned(OptionalInt.empty()), Map.of("in", 2, "app-counts-changelog", 3)))
                .isInstanceOf(MisconfiguredInternalTopicException.class)
                .hasMessageContaining("'app-counts-changelog' has 3 partitions, expected 2");
    }

    @Test
    void shouldGiveEachLoggedStoreAChangelogPartitionPerTask() {
        PhysicalPlan plan = plan(repartitioned(OptionalInt.empty()), Map.of("in", 2));

        assertThat(plan.tasks().get(3).changelogs())
                .isEqualTo(Map.of("counts", new TopicPartition("app-counts-changelog", 1)));
        assertThat(plan.tasks().get(0).changelogs()).isEmpty();
    }

    @Test
    void shouldGiveNoChangelogToAStoreWithoutLogging() {
        Topology topology = new Topology()
                .addSource("source", "in")
                .addProcessor("node", NOTHING, "source")
                .addStateStore(store("quiet").withLoggingDisabled(), "node");

        PhysicalPlan plan = plan(topology.graph(), Map.of("in", 1));

        assertThat(plan.internalTopics()).isEmpty();
        assertThat(plan.tasks().get(0).stores()).hasSize(1);
    }

    @Test
    void shouldLetTheConfigsOfAStoreOverrideThoseForAllInternalTopics() {
        Topology topology = new Topology()
                .addSource("source", "in")
                .addProcessor("node", NOTHING, "source")
                .addStateStore(store("s").withLoggingEnabled(Map.of("segment.bytes", "4096")), "node");

        PhysicalPlan plan = PhysicalPlan.of(
                topology.graph(), "app", Map.of("in", 1), Map.of("segment.bytes", "2048", "max.message.bytes", "9999"));

        assertThat(plan.internalTopics().get(0).configs())
                .isEqualTo(Map.of("cleanup.policy", "compact", "segment.bytes", "4096", "max.message.bytes", "9999"));
    }

    @Test
    void shouldKeepAWindowedChangelogAsLongAsItsStoreAndADayMore() {
        Topology topology = new Topology()
                .addSource("source", "in")
                .addProcessor("node", NOTHING, "source")
                .addStateStore(
                        Stores.windowStoreBuilder(
                                Stores.inMemoryWindowStore("w", Duration.ofHours(2), Duration.ofHours(1), false),
                                Serdes.String(),
                                Serdes.String()),
                        "node");

        PhysicalPlan plan = plan(topology.graph(), Map.of("in", 1));

        assertThat(plan.internalTopics().get(0).configs())
                .isEqualTo(Map.of(
                        "cleanup.policy",
                        "compact,delete",
                        "retention.ms",
                        Long.toString(Duration.ofHours(26).toMillis())));
    }

    @Test
    void shouldReadAllPartitionsOfAGlobalStoreInOneTask() {
        Topology topology = new Topology()
                .addGlobalStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.inMemoryKeyValueStore("global"), Serdes.String(), Serdes.String())
                                .withLoggingDisabled(),
                        "global-source",
                        Serdes.String().deserializer(),
                        Serdes.String().deserializer(),
                        "codes",
                        "global-processor",
                        GlobalNothing::new);

        PhysicalPlan plan = plan(topology.graph(), Map.of("codes", 3));

        assertThat(plan.tasks()).isEmpty();
        assertThat(plan.globalTasks()).hasSize(1);
        assertThat(plan.globalTasks().get(0).inputs()).hasSize(3);
        assertThat(plan.globalTasks().get(0).restoredFrom("global")).hasSize(3);
    }

    @Property(tries = 200)
    void shouldSpreadTasksEvenly(
            @ForAll @IntRange(min = 1, max = 12) int partitions, @ForAll @IntRange(min = 1, max = 9) int workers) {
        PhysicalPlan plan = plan(repartitioned(OptionalInt.empty()), Map.of("in", partitions));

        List<List<TaskPlan>> shares = plan.assign(workers);

        assertThat(shares).hasSize(Math.min(workers, 2 * partitions));
        assertThat(shares.stream().flatMap(List::stream)).containsExactlyInAnyOrderElementsOf(plan.tasks());
        for (int id = 0; id < 2; id++) {
            int subtopology = id;
            List<Long> perWorker = shares.stream()
                    .map(share -> share.stream()
                            .filter(task -> task.id().subtopology() == subtopology)
                            .count())
                    .toList();
            long most = perWorker.stream().mapToLong(n -> n).max().orElse(0);
            long least = perWorker.stream().mapToLong(n -> n).min().orElse(0);
            assertThat(most - least)
                    .as("tasks of sub-topology %s per worker", id)
                    .isLessThanOrEqualTo(1);
        }
    }

    @Test
    void shouldGiveTheSamePlanForTheSameInput() {
        TopologyGraph graph = repartitioned(OptionalInt.empty());

        assertThat(plan(graph, Map.of("in", 3)).toString())
                .isEqualTo(plan(graph, Map.of("in", 3)).toString());
    }
}
