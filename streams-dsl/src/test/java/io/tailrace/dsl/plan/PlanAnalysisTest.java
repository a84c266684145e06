package io.tailrace.dsl.plan;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.dsl.operator.StreamJoin;
import io.tailrace.dsl.operator.TableFunction;
import io.tailrace.serde.Serdes;
import io.tailrace.stores.Stores;
import io.tailrace.topology.SourceSpec;
import java.util.List;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PlanAnalysisTest {
    private static SourceStream source(String topic) {
        return new SourceStream(new SourceSpec(topic + "-source", Set.of(topic), null, null, null, null));
    }

    private static TableStore store(String name, boolean wanted) {
        return new TableStore(
                Stores.timestampedKeyValueStoreBuilder(
                        Stores.inMemoryKeyValueStore(name), Serdes.String(), Serdes.String()),
                wanted,
                false);
    }

    private static ToTable table(String name, SourceStream source, boolean wanted) {
        return new ToTable(name, source, store(name + "-store", wanted), null);
    }

    private static StreamTableJoin join(StreamNode stream, TableNode table) {
        return new StreamTableJoin("join", stream, table, new StreamJoin<>(null, (k, l, r) -> l, false), null);
    }

    private static PlanAnalysis analysis(PlanNode... nodes) {
        return PlanAnalysis.of(new Plan(List.of(nodes), List.of()));
    }

    @Test
    void shouldStoreATableOnlyIfItIsWantedOrLookedUp() {
        SourceStream source = source("t");
        ToTable unused = table("unused", source, false);
        ToTable wanted = table("wanted", source, true);
        ToTable joined = table("joined", source, false);
        SourceStream stream = source("s");
        PlanAnalysis analysis = analysis(source, unused, wanted, joined, stream, join(stream, joined));
        assertThat(analysis.isStored(unused)).isFalse();
        assertThat(analysis.isStored(wanted)).isTrue();
        assertThat(analysis.isStored(joined)).isTrue();
    }

    @Test
    void shouldStoreTheNearestTableThatALookupCanReadFrom() {
        SourceStream source = source("t");
        ToTable base = table("base", source, false);
        TableStep computed = new TableStep("computed", base, TableFunction.filter((k, v) -> true, true), null);
        SourceStream stream = source("s");
        PlanAnalysis analysis = analysis(source, base, computed, stream, join(stream, computed));
        assertThat(analysis.isStored(computed)).isFalse();
        assertThat(analysis.isStored(base)).isTrue();
    }

    @Test
    void shouldNotStoreWhatAStoredStepIsComputedFrom() {
        SourceStream source = source("t");
        ToTable base = table("base", source, false);
        TableStep computed =
                new TableStep("computed", base, TableFunction.filter((k, v) -> true, true), store("named", true));
        SourceStream stream = source("s");
        PlanAnalysis analysis = analysis(source, base, computed, stream, join(stream, computed));
        assertThat(analysis.isStored(computed)).isTrue();
        assertThat(analysis.isStored(base)).isFalse();
    }

    @Test
    void shouldNotReadOldValuesForReadersThatTakeNothingBack() {
        SourceStream source = source("t");
        ToTable base = table("base", source, true);
        TableStep computed = new TableStep("computed", base, TableFunction.mapValues((k, v) -> v), null);
        ToStream stream = new ToStream("stream", computed);
        PlanAnalysis analysis = analysis(source, base, computed, stream);
        assertThat(analysis.needsOldValues(base)).isFalse();
        assertThat(analysis.needsOldValues(computed)).isFalse();
    }

    @Test
    void shouldReadOldValuesForAFilterOfATableThatIsKept() {
        SourceStream source = source("t");
        ToTable base = table("base", source, true);
        TableStep computed = new TableStep("computed", base, TableFunction.filter((k, v) -> true, true), null);
        ToStream stream = new ToStream("stream", computed);
        PlanAnalysis analysis = analysis(source, base, computed, stream);
        assertThat(analysis.needsOldValues(base)).isTrue();
        assertThat(analysis.needsOldValues(computed)).isTrue();
    }

    @Test
    void shouldNotStoreATableForTheSakeOfAFilter() {
        SourceStream source = source("t");
        ToTable base = table("base", source, false);
        TableStep computed = new TableStep("computed", base, TableFunction.filter((k, v) -> true, true), null);
        ToStream stream = new ToStream("stream", computed);
        PlanAnalysis analysis = analysis(source, base, computed, stream);
        assertThat(analysis.needsOldValues(base)).isFalse();
        assertThat(analysis.isStored(base)).isFalse();
        assertThat(analysis.needsOldValues(computed)).isFalse();
    }

    @Test
    void shouldFindTheTopicsBehindBothSidesOfAJoin() {
        SourceStream stream = source("s");
        Rekeying rekeying = new Rekeying("r", "f", "k", "q", false, null, null, OptionalInt.empty(), null);
        Repartition repartition = new Repartition(stream, rekeying, true);
        SourceStream source = source("t");
        ToTable table = table("table", source, false);
        StreamTableJoin join = join(repartition, table);
        PlanAnalysis analysis = analysis(stream, repartition, source, table, join);
        assertThat(analysis.sourceTopics(join)).containsExactlyInAnyOrder("r", "t");
    }

    @Test
    void shouldListConsumersInTheOrderOfTheProgram() {
        SourceStream source = source("t");
        ToTable one = table("one", source, false);
        ToTable two = table("two", source, false);
        assertThat(analysis(source, one, two).consumers(source)).containsExactly(one, two);
    }
}
