package io.tailrace.dsl.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.dsl.operator.StreamJoin;
import io.tailrace.dsl.operator.StreamOperators;
import io.tailrace.serde.Serdes;
import io.tailrace.stores.Stores;
import io.tailrace.topology.SinkSpec;
import io.tailrace.topology.SourceSpec;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PlanRulesTest {
    private final SourceStream source = source("source", "in");

    private static SourceStream source(String name, String topic) {
        return new SourceStream(new SourceSpec(name, Set.of(topic), null, null, null, null));
    }

    private static StreamStep step(String name, boolean changesKeys, StreamNode... inputs) {
        return new StreamStep(name, List.of(inputs), changesKeys, StreamOperators.passThrough(), List.of());
    }

    private static Rekeying rekeying(String topic) {
        return rekeying(topic, OptionalInt.empty());
    }

    private static Rekeying rekeying(String topic, OptionalInt partitions) {
        return new Rekeying(
                topic, topic + "-filter", topic + "-sink", topic + "-source", false, null, null, partitions, null);
    }

    private static TableStore store(String name) {
        return new TableStore(
                Stores.timestampedKeyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.String()),
                true,
                false);
    }

    private static Aggregate aggregate(String name, StreamNode input, @Nullable Rekeying rekeying) {
        return new Aggregate(name, input, StreamOperators.passThrough(), store(name + "-store"), rekeying);
    }

    private static StreamTableJoin join(
            String name, StreamNode stream, TableNode table, boolean left, @Nullable Rekeying rekeying) {
        return new StreamTableJoin(name, stream, table, new StreamJoin<>(null, (k, l, r) -> l, left), rekeying);
    }

    private static Sink sink(StreamNode input) {
        return new Sink(input, new SinkSpec("sink", "out", null, null, null, null, List.of()));
    }

    private static Plan plan(PlanNode... nodes) {
        return new Plan(List.of(nodes), List.of());
    }

    private static <N extends PlanNode> List<N> nodes(Plan plan, Class<N> type) {
        return plan.nodes().stream().filter(type::isInstance).map(type::cast).toList();
    }

    @Test
    void shouldInsertARepartitionInFrontOfAnAggregationOfChangedKeys() {
        StreamStep rekeyed = step("rekeyed", true, source);
        Plan plan = plan(source, rekeyed, aggregate("counts", rekeyed, rekeying("topic")));
        Plan ruled = PlanRules.insertRepartitions(plan);
        Repartition repartition = nodes(ruled, Repartition.class).get(0);
        assertThat(repartition.stream()).isSameAs(rekeyed);
        assertThat(repartition.dropsNullKeys()).isTrue();
        assertThat(nodes(ruled, Aggregate.class).get(0).stream()).isSameAs(repartition);
    }

    @Test
    void shouldLeaveAPlanWithoutChangedKeysAsItIs() {
        StreamStep kept = step("kept", false, source);
        Plan plan = plan(source, kept, aggregate("counts", kept, null));
        assertThat(PlanRules.applyAll(plan)).isEqualTo(plan);
    }

    @Test
    void shouldInsertOneRepartitionForAllThatShareIt() {
        StreamStep rekeyed = step("rekeyed", true, source);
        Rekeying shared = rekeying("topic");
        Plan plan = plan(
                source,
                rekeyed,
                aggregate("one", rekeyed, shared),
                aggregate("two", rekeyed, shared),
                aggregate("three", rekeyed, rekeying("other")));
        Plan ruled = PlanRules.insertRepartitions(plan);
        assertThat(nodes(ruled, Repartition.class)).hasSize(2);
        List<Aggregate> aggregates = nodes(ruled, Aggregate.class);
        assertThat(aggregates.get(0).stream()).isSameAs(aggregates.get(1).stream());
        assertThat(aggregates.get(2).stream()).isNotSameAs(aggregates.get(1).stream());
    }

    @Test
    void shouldFollowChangedKeysThroughStepsMergesAndBranches() {
        StreamStep rekeyed = step("rekeyed", true, source);
        Split split = new Split("split", rekeyed);
        Branch branch = new Branch("branch", split, null);
        StreamStep merge = step("merge", false, source, step("mapped", false, branch));
        assertThat(KeyChange.mayHaveChanged(merge)).isTrue();
        assertThat(KeyChange.mayHaveChanged(source)).isFalse();
        assertThat(KeyChange.mayHaveChanged(new Repartition(merge, rekeying("t"), true)))
                .isFalse();
        assertThat(KeyChange.mayHaveChanged(new ToStream("s", aggregate("a", merge, rekeying("u")))))
                .isFalse();
    }

    @Test
    void shouldNotRepartitionAgainBehindAJoinThatWasRepartitioned() {
        ToTable table = new ToTable("table", source("table-source", "t"), store("s"), null);
        StreamStep rekeyed = step("rekeyed", true, source);
        StreamTableJoin join = join("join", rekeyed, table, false, rekeying("topic"));
        assertThat(KeyChange.mayHaveChanged(join)).isFalse();
        assertThat(KeyChange.mayHaveChanged(join("other", source, table, false, null)))
                .isFalse();
    }

    @Test
    void shouldVisitANodeThatIsReachedOnManyWaysOnce() {
        StreamNode merged = source;
        for (int i = 0; i < 60; i++) { // 2^60 ways
            merged = step("merge-" + i, false, merged, step("kept-" + i, false, merged));
        }
        assertThat(KeyChange.mayHaveChanged(merged)).isFalse();
    }

    @Test
    void shouldDropARepartitionBehindOneThatPartitionsAlike() {
        Repartition first = new Repartition(source, rekeying("first", OptionalInt.of(3)), true);
        Repartition second = new Repartition(first, rekeying("second"), true);
        Plan ruled = PlanRules.dropRepeatedRepartitions(plan(source, first, second, sink(second)));
        assertThat(nodes(ruled, Repartition.class)).containsExactly(first);
        assertThat(nodes(ruled, Sink.class).get(0).stream()).isSameAs(first);
    }

    @Test
    void shouldKeepARepartitionIntoAnotherNumberOfPartitions() {
        Repartition first = new Repartition(source, rekeying("first", OptionalInt.of(3)), true);
        Repartition second = new Repartition(first, rekeying("second", OptionalInt.of(4)), true);
        Plan plan = plan(source, first, second, sink(second));
        assertThat(PlanRules.dropRepeatedRepartitions(plan)).isEqualTo(plan);
    }

    @Test
    void shouldKeepARepartitionThatTheUserNamed() {
        Repartition first = new Repartition(source, rekeying("first"), true);
        Rekeying named = new Rekeying("mine", "f", "s", "q", true, null, null, OptionalInt.empty(), null);
        Repartition second = new Repartition(first, named, true);
        Plan plan = plan(source, first, second, sink(second));
        assertThat(PlanRules.dropRepeatedRepartitions(plan)).isEqualTo(plan);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void shouldLetNullKeysPassOnlyIfAllOfThemReachALeftJoin(boolean alsoASink) {
        ToTable table = new ToTable("table", source("table-source", "t"), store("s"), null);
        Repartition repartition = new Repartition(step("rekeyed", true, source), rekeying("topic"), true);
        StreamStep filtered = step("filtered", false, repartition);
        StreamTableJoin join = join("join", filtered, table, true, null);
        Plan plan = alsoASink
                ? plan(source, repartition, filtered, table, join, sink(repartition))
                : plan(source, repartition, filtered, table, join);
        Plan ruled = PlanRules.keepNullKeysForLeftJoins(plan);
        assertThat(nodes(ruled, Repartition.class).get(0).dropsNullKeys()).isEqualTo(alsoASink);
    }

    @Test
    void shouldMergeSourcesOfEqualTopics() {
        SourceStream again = source("again", "in");
        Plan ruled = PlanRules.mergeSources(plan(source, again, step("one", false, source), step("two", false, again)));
        assertThat(nodes(ruled, SourceStream.class)).containsExactly(source);
        assertThat(nodes(ruled, StreamStep.class))
                .allSatisfy(step -> assertThat(step.streams().get(0)).isSameAs(source));
    }

    @Test
    void shouldChangeNothingWhenARuleIsAppliedAgain() {
        SourceStream again = source("again", "in");
        StreamStep rekeyed = step("rekeyed", true, again);
        Repartition first = new Repartition(rekeyed, rekeying("first"), true);
        Repartition second = new Repartition(first, rekeying("second"), true);
        ToTable table = new ToTable("table", source("table-source", "t"), store("s"), null);
        Plan plan = plan(
                source,
                again,
                rekeyed,
                first,
                second,
                aggregate("counts", rekeyed, rekeying("topic")),
                table,
                join("join", rekeyed, table, true, rekeying("joined")),
                sink(second));
        List<UnaryOperator<Plan>> rules = List.of(
                PlanRules::mergeSources,
                PlanRules::insertRepartitions,
                PlanRules::dropRepeatedRepartitions,
                PlanRules::keepNullKeysForLeftJoins,
                PlanRules::applyAll);
        for (UnaryOperator<Plan> rule : rules) {
            Plan once = rule.apply(plan);
            assertThat(rule.apply(once)).isEqualTo(once);
        }
        assertThat(PlanRules.applyAll(plan)).isNotEqualTo(plan);
    }
}
