package io.tailrace.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.Bytes;
import io.tailrace.errors.TopologyException;
import io.tailrace.kstream.Consumed;
import io.tailrace.kstream.KStream;
import io.tailrace.kstream.KTable;
import io.tailrace.kstream.Materialized;
import io.tailrace.kstream.Named;
import io.tailrace.kstream.Predicate;
import io.tailrace.processor.AutoOffsetReset;
import io.tailrace.processor.time.WallclockTimestampExtractor;
import io.tailrace.serde.IntegerSerializer;
import io.tailrace.serde.LongDeserializer;
import io.tailrace.serde.Serdes;
import io.tailrace.serde.StringDeserializer;
import io.tailrace.serde.StringSerializer;
import io.tailrace.state.KeyValueStore;
import io.tailrace.stores.Stores;
import io.tailrace.topology.SinkSpec;
import io.tailrace.topology.SourceSpec;
import io.tailrace.topology.Topology;
import io.tailrace.topology.TopologyGraph;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class StreamsBuilderTest {
    private final StreamsBuilder builder = new StreamsBuilder();

    /** For calls that say null on purpose. */
    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"})
    private static <T> T none() {
        @Nullable T none = null;
        return none;
    }

    @Test
    void shouldRefuseATopologyWithoutASource() {
        Topology topology = builder.build();
        assertThatThrownBy(topology::graph)
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("no source");
    }

    @Test
    void shouldNameTheOperatorThatIsThereTwice() {
        KStream<String, String> stream = builder.stream("in");
        stream.filter((key, value) -> true, Named.as("twin"));
        stream.mapValues(value -> value, Named.as("twin"));
        assertThatThrownBy(builder::build).isInstanceOf(TopologyException.class).hasMessageContaining("'twin'");
    }

    @Test
    void shouldNameTheStoreThatIsThereTwice() {
        KStream<String, String> stream = builder.stream("in");
        stream.groupByKey().count(Materialized.as("twin"));
        stream.groupByKey().count(Materialized.as("twin"));
        assertThatThrownBy(builder::build).isInstanceOf(TopologyException.class).hasMessageContaining("'twin'");
    }

    @Test
    void shouldRefuseASecondStoreOfOneNameAtOnce() {
        builder.addStateStore(Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("s"), null, null));
        assertThatThrownBy(() -> builder.addStateStore(
                        Stores.keyValueStoreBuilder(Stores.inMemoryKeyValueStore("s"), null, null)))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("another store 's'");
    }

    @Test
    void shouldMergeSourcesOfOnePatternAndCopartitionItsTopics() {
        KStream<String, String> orders = builder.stream(Pattern.compile("orders-.*"));
        builder.stream(Pattern.compile("orders-.*")).foreach((key, value) -> {});
        orders.join(builder.<String, String>table("rows"), (order, row) -> order + row)
                .to("out");
        TopologyGraph graph = builder.build().graph();
        assertThat(graph.sources()).hasSize(2);
        assertThat(graph.reading(Set.of("orders-1", "rows")).copartitionGroups())
                .containsExactly(Set.of("rows", "orders-1"));
    }

    @Test
    void shouldNameTheTopicThatTwoSourcesReadInDifferentWays() {
        builder.stream("t", Consumed.with(Serdes.String(), Serdes.String()));
        builder.stream("t", Consumed.with(Serdes.String(), Serdes.Long()));
        assertThatThrownBy(builder::build).isInstanceOf(TopologyException.class).hasMessageContaining("topic 't'");
    }

    @Test
    void shouldRefuseSourcesThatShareOnlySomeTopics() {
        builder.stream(List.of("a", "b"));
        builder.stream("b");
        assertThatThrownBy(builder::build).isInstanceOf(TopologyException.class).hasMessageContaining("topic 'b'");
    }

    @Test
    void shouldRefuseAStreamOfNoTopic() {
        assertThatThrownBy(() -> builder.stream(List.of()))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("no topic");
    }

    @Test
    void shouldNameTheArgumentThatIsNull() {
        KStream<String, String> stream = builder.stream("in");
        KTable<String, String> table = builder.table("t");
        assertThatThrownBy(() -> stream.filter(StreamsBuilderTest.<Predicate<String, String>>none()))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("predicate must not be null");
        assertThatThrownBy(() -> stream.to(StreamsBuilderTest.<String>none()))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("topic must not be null");
        assertThatThrownBy(() -> stream.peek((key, value) -> {}, none()))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("named must not be null");
        assertThatThrownBy(() -> table.filter((key, value) -> true, StreamsBuilderTest.<Named>none()))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("named must not be null");
        assertThatThrownBy(() -> builder.stream(Arrays.asList("a", null)))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("a topic's name must not be null");
    }

    @Test
    void shouldAddNothingForACallThatFails() {
        KStream<String, String> stream = builder.stream("in");
        assertThatThrownBy(() -> stream.peek(none())).isInstanceOf(NullPointerException.class);
        stream.peek((key, value) -> {});
        assertThat(builder.build().describe().toString()).contains("KSTREAM-PEEK-0000000001");
    }

    @Test
    void shouldRefuseARetentionWhereThereAreNoWindows() {
        assertThatThrownBy(() -> builder.stream("in")
                        .groupByKey()
                        .reduce(
                                (one, other) -> other,
                                Materialized.<Object, Object, KeyValueStore<Bytes, byte[]>>as("plain")
                                        .withRetention(Duration.ofDays(1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("store 'plain' has a retention of PT24H");
    }

    @Test
    void shouldRefuseToReadAGlobalTableFromItsEnd() {
        assertThatThrownBy(() -> builder.globalTable("g", Consumed.with(AutoOffsetReset.latest())))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("topic 'g'")
                .hasMessageContaining("from the beginning");
        builder.globalTable("h", Consumed.with(AutoOffsetReset.earliest()));
    }

    @Test
    void shouldRefuseToMixBuilders() {
        KStream<String, String> stream = builder.stream("in");
        StreamsBuilder other = new StreamsBuilder();
        KStream<String, String> foreignStream = other.stream("in");
        KTable<String, String> foreignTable = other.table("t");
        assertThatThrownBy(() -> stream.merge(foreignStream))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("another StreamsBuilder");
        assertThatThrownBy(() -> stream.join(foreignTable, (left, right) -> left))
                .isInstanceOf(TopologyException.class)
                .hasMessageContaining("another StreamsBuilder");
    }

    @Test
    void shouldBuildAgainWithWhatWasAddedSince() {
        KStream<String, String> stream = builder.stream("in");
        Topology before = builder.build();
        stream.to("out");
        assertThat(before.graph().sinks()).isEmpty();
        assertThat(builder.build().graph().sinks()).hasSize(1);
    }

    @Test
    void shouldPassTheOptionsOfASourceOn() {
        WallclockTimestampExtractor extractor = new WallclockTimestampExtractor();
        builder.stream("in", Consumed.with(Serdes.String(), Serdes.Long(), extractor, AutoOffsetReset.earliest()));
        SourceSpec source = builder.build().graph().sources().get(0);
        assertThat(source.keyDeserializer()).isInstanceOf(StringDeserializer.class);
        assertThat(source.valueDeserializer()).isInstanceOf(LongDeserializer.class);
        assertThat(source.timestampExtractor()).isSameAs(extractor);
        assertThat(source.offsetReset()).isEqualTo(AutoOffsetReset.earliest());
    }

    @Test
    void shouldHandSerdesDownToASinkWhereTypesAreKept() {
        KStream<String, Integer> stream = builder.stream("in", Consumed.with(Serdes.String(), Serdes.Integer()));
        stream.filter((key, value) -> true).to("same");
        stream.mapValues(value -> value + 1).to("mapped");
        TopologyGraph graph = builder.build().graph();
        SinkSpec same = graph.sinks().get(0);
        SinkSpec mapped = graph.sinks().get(1);
        assertThat(same.keySerializer()).isInstanceOf(StringSerializer.class);
        assertThat(same.valueSerializer()).isInstanceOf(IntegerSerializer.class);
        assertThat(mapped.keySerializer()).isInstanceOf(StringSerializer.class);
        assertThat(mapped.valueSerializer()).isNull();
    }

    @Test
    void shouldReadATableWithTheSerdesOfItsStore() {
        builder.table("t", Materialized.with(Serdes.String(), Serdes.Long()));
        SourceSpec source = builder.build().graph().sources().get(0);
        assertThat(source.keyDeserializer()).isInstanceOf(StringDeserializer.class);
        assertThat(source.valueDeserializer()).isInstanceOf(LongDeserializer.class);
    }
}
