package io.tailrace.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.kstream.Branched;
import io.tailrace.kstream.Consumed;
import io.tailrace.kstream.GlobalKTable;
import io.tailrace.kstream.Grouped;
import io.tailrace.kstream.Joined;
import io.tailrace.kstream.KGroupedStream;
import io.tailrace.kstream.KStream;
import io.tailrace.kstream.KTable;
import io.tailrace.kstream.Materialized;
import io.tailrace.kstream.Named;
import io.tailrace.kstream.Printed;
import io.tailrace.kstream.Produced;
import io.tailrace.kstream.Repartitioned;
import io.tailrace.kstream.TimeWindows;
import io.tailrace.processor.KeyValue;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The names and edges of topologies, as Kafka Streams describes them. */
class TopologyDescriptionTest {
    private final StreamsBuilder builder = new StreamsBuilder();

    private void assertDescription(String expected) {
        assertThat(builder.build().describe()).hasToString(expected);
    }

    @Test
    void shouldRepartitionInFrontOfACountUnderGeneratedNames() {
        KStream<String, String> lines = builder.stream("text");
        lines.flatMapValues(line -> List.of(line.split(" ")))
                .groupBy((key, word) -> word)
                .count()
                .toStream()
                .to("counts");

        assertDescription("""
                Topologies:
                   Sub-topology: 0
                    Source: KSTREAM-SOURCE-0000000000 (topics: [text])
                      --> KSTREAM-FLATMAPVALUES-0000000001
                    Processor: KSTREAM-FLATMAPVALUES-0000000001 (stores: [])
                      --> KSTREAM-KEY-SELECT-0000000002
                      <-- KSTREAM-SOURCE-0000000000
                    Processor: KSTREAM-KEY-SELECT-0000000002 (stores: [])
                      --> KSTREAM-FILTER-0000000006
                      <-- KSTREAM-FLATMAPVALUES-0000000001
                    Processor: KSTREAM-FILTER-0000000006 (stores: [])
                      --> KSTREAM-SINK-0000000005
                      <-- KSTREAM-KEY-SELECT-0000000002
                    Sink: KSTREAM-SINK-0000000005 (topic: KSTREAM-AGGREGATE-STATE-STORE-0000000003-repartition)
                      <-- KSTREAM-FILTER-0000000006

                  Sub-topology: 1
                    Source: KSTREAM-SOURCE-0000000007 (topics: [KSTREAM-AGGREGATE-STATE-STORE-0000000003-repartition])
                      --> KSTREAM-AGGREGATE-0000000004
                    Processor: KSTREAM-AGGREGATE-0000000004 (stores: [KSTREAM-AGGREGATE-STATE-STORE-0000000003])
                      --> KTABLE-TOSTREAM-0000000008
                      <-- KSTREAM-SOURCE-0000000007
                    Processor: KTABLE-TOSTREAM-0000000008 (stores: [])
                      --> KSTREAM-SINK-0000000009
                      <-- KSTREAM-AGGREGATE-0000000004
                    Sink: KSTREAM-SINK-0000000009 (topic: counts)
                      <-- KTABLE-TOSTREAM-0000000008

                """);
    }

    @Test
    void shouldNameTheRepartitionTopicAfterANamedStore() {
        KStream<String, String> lines = builder.stream("text");
        lines.flatMapValues(line -> List.of(line.split(" ")))
                .groupBy((key, word) -> word)
                .count(Materialized.as("Counts"))
                .toStream()
                .to("counts");

        assertDescription("""
                Topologies:
                   Sub-topology: 0
                    Source: KSTREAM-SOURCE-0000000000 (topics: [text])
                      --> KSTREAM-FLATMAPVALUES-0000000001
                    Processor: KSTREAM-FLATMAPVALUES-0000000001 (stores: [])
                      --> KSTREAM-KEY-SELECT-0000000002
                      <-- KSTREAM-SOURCE-0000000000
                    Processor: KSTREAM-KEY-SELECT-0000000002 (stores: [])
                      --> Counts-repartition-filter
                      <-- KSTREAM-FLATMAPVALUES-0000000001
                    Processor: Counts-repartition-filter (stores: [])
                      --> Counts-repartition-sink
                      <-- KSTREAM-KEY-SELECT-0000000002
                    Sink: Counts-repartition-sink (topic: Counts-repartition)
                      <-- Counts-repartition-filter

                  Sub-topology: 1
                    Source: Counts-repartition-source (topics: [Counts-repartition])
                      --> KSTREAM-AGGREGATE-0000000003
                    Processor: KSTREAM-AGGREGATE-0000000003 (stores: [Counts])
                      --> KTABLE-TOSTREAM-0000000007
                      <-- Counts-repartition-source
                    Processor: KTABLE-TOSTREAM-0000000007 (stores: [])
                      --> KSTREAM-SINK-0000000008
                      <-- KSTREAM-AGGREGATE-0000000003
                    Sink: KSTREAM-SINK-0000000008 (topic: counts)
                      <-- KTABLE-TOSTREAM-0000000007

                """);
    }

    @Test
    void shouldNameBranchesAfterTheirSplit() {
        KStream<String, String> in = builder.stream("in");
        Map<String, KStream<String, String>> branches = in.split()
                .branch((key, value) -> value.isEmpty())
                .branch((key, value) -> value.length() > 3, Branched.as("-long"))
                .defaultBranch();
        branches.values().forEach(branch -> branch.to("out"));
        assertThat(branches.keySet())
                .containsExactly(
                        "KSTREAM-BRANCH-00000000011", "KSTREAM-BRANCH-0000000001-long", "KSTREAM-BRANCH-00000000010");

        assertDescription("""
                Topologies:
                   Sub-topology: 0
                    Source: KSTREAM-SOURCE-0000000000 (topics: [in])
                      --> KSTREAM-BRANCH-0000000001
                    Processor: KSTREAM-BRANCH-0000000001 (stores: [])
                      --> KSTREAM-BRANCH-0000000001-long, KSTREAM-BRANCH-00000000010, KSTREAM-BRANCH-00000000011
                      <-- KSTREAM-SOURCE-0000000000
                    Processor: KSTREAM-BRANCH-0000000001-long (stores: [])
                      --> KSTREAM-SINK-0000000006
                      <-- KSTREAM-BRANCH-0000000001
                    Processor: KSTREAM-BRANCH-00000000010 (stores: [])
                      --> KSTREAM-SINK-0000000007
                      <-- KSTREAM-BRANCH-0000000001
                    Processor: KSTREAM-BRANCH-00000000011 (stores: [])
                      --> KSTREAM-SINK-0000000005
                      <-- KSTREAM-BRANCH-0000000001
                    Sink: KSTREAM-SINK-0000000005 (topic: out)
                      <-- KSTREAM-BRANCH-00000000011
                    Sink: KSTREAM-SINK-0000000006 (topic: out)
                      <-- KSTREAM-BRANCH-0000000001-long
                    Sink: KSTREAM-SINK-0000000007 (topic: out)
                      <-- KSTREAM-BRANCH-00000000010

                """);
    }

    @Test
    void shouldMergeTwoStreams() {
        KStream<String, String> a = builder.stream("a");
        KStream<String, String> b = builder.stream("b");
        a.merge(b.filter((key, value) -> true)).to("out");

        assertDescription("""
                Topologies:
                   Sub-topology: 0
                    Source: KSTREAM-SOURCE-0000000001 (topics: [b])
                      --> KSTREAM-FILTER-0000000002
                    Processor: KSTREAM-FILTER-0000000002 (stores: [])
                      --> KSTREAM-MERGE-0000000003
                      <-- KSTREAM-SOURCE-0000000001
                    Source: KSTREAM-SOURCE-0000000000 (topics: [a])
                      --> KSTREAM-MERGE-0000000003
                    Processor: KSTREAM-MERGE-0000000003 (stores: [])
                      --> KSTREAM-SINK-0000000004
                      <-- KSTREAM-FILTER-0000000002, KSTREAM-SOURCE-0000000000
                    Sink: KSTREAM-SINK-0000000004 (topic: out)
                      <-- KSTREAM-MERGE-0000000003

                """);
    }

    @Test
    void shouldKeepNoStoreForATableThatNobodyLooksUp() {
        KTable<String, String> table = builder.table("t");
        table.toStream().to("out");

        assertDescription("""
                Topologies:
                   Sub-topology: 0
                    Source: KSTREAM-SOURCE-0000000001 (topics: [t])
                      --> KTABLE-SOURCE-0000000002
                    Processor: KTABLE-SOURCE-0000000002 (stores: [])
                      --> KTABLE-TOSTREAM-0000000003
                      <-- KSTREAM-SOURCE-0000000001
                    Processor: KTABLE-TOSTREAM-0000000003 (stores: [])
                      --> KSTREAM-SINK-0000000004
                      <-- KTABLE-SOURCE-0000000002
                    Sink: KSTREAM-SINK-0000000004 (topic: out)
                      <-- KTABLE-TOSTREAM-0000000003

                """);
    }

    @Test
    void shouldKeepStoresThatTheUserNamed() {
        KTable<String, String> table = builder.table("t", Consumed.as("my"), Materialized.as("st"));
        table.filter((key, value) -> true)
                .mapValues(value -> value, Materialized.as("mapped"))
                .toStream((key, value) -> key)
                .to("out");

        assertDescription("""
                Topologies:
                   Sub-topology: 0
                    Source: my-source (topics: [t])
                      --> my
                    Processor: my (stores: [st])
                      --> KTABLE-FILTER-0000000002
                      <-- my-source
                    Processor: KTABLE-FILTER-0000000002 (stores: [])
                      --> KTABLE-MAPVALUES-0000000003
                      <-- my
                    Processor: KTABLE-MAPVALUES-0000000003 (stores: [mapped])
                      --> KTABLE-TOSTREAM-0000000004
                      <-- KTABLE-FILTER-0000000002
                    Processor: KTABLE-TOSTREAM-0000000004 (stores: [])
                      --> KSTREAM-KEY-SELECT-0000000005
                      <-- KTABLE-MAPVALUES-0000000003
                    Processor: KSTREAM-KEY-SELECT-0000000005 (stores: [])
                      --> KSTREAM-SINK-0000000006
                      <-- KTABLE-TOSTREAM-0000000004
                    Sink: KSTREAM-SINK-0000000006 (topic: out)
                      <-- KSTREAM-KEY-SELECT-0000000005

                """);
    }

    @Test
    void shouldConnectAJoinToTheStoreItsTableIsComputedFrom() {
        KStream<String, String> stream = builder.stream("s");
        KTable<String, String> table = builder.table("t");
        stream.join(table.filter((key, value) -> true).mapValues(value -> value), (left, right) -> left + right)
                .to("out");

        assertDescription("""
                Topologies:
                   Sub-topology: 0
                    Source: KSTREAM-SOURCE-0000000002 (topics: [t])
                      --> KTABLE-SOURCE-0000000003
                    Source: KSTREAM-SOURCE-0000000000 (topics: [s])
                      --> KSTREAM-JOIN-0000000006
                    Processor: KTABLE-SOURCE-0000000003 (stores: [t-STATE-STORE-0000000001])
                      --> KTABLE-FILTER-0000000004
                      <-- KSTREAM-SOURCE-0000000002
                    Processor: KSTREAM-JOIN-0000000006 (stores: [t-STATE-STORE-0000000001])
                      --> KSTREAM-SINK-0000000007
                      <-- KSTREAM-SOURCE-0000000000
                    Processor: KTABLE-FILTER-0000000004 (stores: [])
                      --> KTABLE-MAPVALUES-0000000005
                      <-- KTABLE-SOURCE-0000000003
                    Sink: KSTREAM-SINK-0000000007 (topic: out)
                      <-- KSTREAM-JOIN-0000000006
                    Processor: KTABLE-MAPVALUES-0000000005 (stores: [])
                      --> none
                      <-- KTABLE-FILTER-0000000004

                """);
    }

    @Test
    void shouldShareTheRepartitionTopicOfTwoJoinsOfOneStream() {
        KStream<String, String> stream = builder.stream("s");
        KTable<String, String> table = builder.table("t");
        KStream<String, String> rekeyed = stream.selectKey((key, value) -> value);
        rekeyed.leftJoin(table, (left, right) -> left + right).to("out");
        rekeyed.join(table, (left, right) -> left + right).to("out2");

        assertDescription("""
                Topologies:
                   Sub-topology: 0
                    Source: KSTREAM-SOURCE-0000000000 (topics: [s])
                      --> KSTREAM-KEY-SELECT-0000000004
                    Processor: KSTREAM-KEY-SELECT-0000000004 (stores: [])
                      --> KSTREAM-FILTER-0000000006
                      <-- KSTREAM-SOURCE-0000000000
                    Processor: KSTREAM-FILTER-0000000006 (stores: [])
                      --> KSTREAM-SINK-0000000005
                      <-- KSTREAM-KEY-SELECT-0000000004
                    Sink: KSTREAM-SINK-0000000005 (topic: KSTREAM-KEY-SELECT-0000000004-repartition)
                      <-- KSTREAM-FILTER-0000000006

                  Sub-topology: 1
                    Source: KSTREAM-SOURCE-0000000007 (topics: [KSTREAM-KEY-SELECT-0000000004-repartition])
                      --> KSTREAM-JOIN-0000000013, KSTREAM-LEFTJOIN-0000000008
                    Processor: KSTREAM-JOIN-0000000013 (stores: [t-STATE-STORE-0000000001])
                      --> KSTREAM-SINK-0000000014
                      <-- KSTREAM-SOURCE-0000000007
                    Processor: KSTREAM-LEFTJOIN-0000000008 (stores: [t-STATE-STORE-0000000001])
                      --> KSTREAM-SINK-0000000009
                      <-- KSTREAM-SOURCE-0000000007
                    Source: KSTREAM-SOURCE-0000000002 (topics: [t])
                      --> KTABLE-SOURCE-0000000003
                    Sink: KSTREAM-SINK-0000000009 (topic: out)
                      <-- KSTREAM-LEFTJOIN-0000000008
                    Sink: KSTREAM-SINK-0000000014 (topic: out2)
                      <-- KSTREAM-JOIN-0000000013
                    Processor: KTABLE-SOURCE-0000000003 (stores: [t-STATE-STORE-0000000001])
                      --> none
                      <-- KSTREAM-SOURCE-0000000002

                """);
    }

    @Test
    void shouldNameTheRepartitionTopicAfterANamedJoin() {
        KStream<String, String> stream = builder.stream("s");
        KTable<String, String> table = builder.table("t");
        stream.selectKey((key, value) -> value)
                .join(table, (left, right) -> left + right, Joined.as("enrich"))
                .to("out");

        assertDescription("""
                Topologies:
                   Sub-topology: 0
                    Source: KSTREAM-SOURCE-0000000000 (topics: [s])
                      --> KSTREAM-KEY-SELECT-0000000004
                    Processor: KSTREAM-KEY-SELECT-0000000004 (stores: [])
                      --> enrich-repartition-filter
                      <-- KSTREAM-SOURCE-0000000000
                    Processor: enrich-repartition-filter (stores: [])
                      --> enrich-repartition-sink
                      <-- KSTREAM-KEY-SELECT-0000000004
                    Sink: enrich-repartition-sink (topic: enrich-repartition)
                      <-- enrich-repartition-filter

                  Sub-topology: 1
                    Source: enrich-repartition-source (topics: [enrich-repartition])
                      --> enrich
                    Source: KSTREAM-SOURCE-0000000002 (topics: [t])
                      --> KTABLE-SOURCE-0000000003
                    Processor: enrich (stores: [t-STATE-STORE-0000000001])
                      --> KSTREAM-SINK-0000000009
                      <-- enrich-repartition-source
                    Sink: KSTREAM-SINK-0000000009 (topic: out)
                      <-- enrich
                    Processor: KTABLE-SOURCE-0000000003 (stores: [t-STATE-STORE-0000000001])
                      --> none
                      <-- KSTREAM-SOURCE-0000000002

                """);
    }

    @Test
    void shouldJoinAGlobalTableWithoutRepartition() {
        KStream<String, String> stream = builder.stream("s");
        GlobalKTable<String, String> table = builder.globalTable("g");
        stream.map((key, value) -> KeyValue.pair(value, key))
                .leftJoin(table, (key, value) -> value, (left, right) -> left + right)
                .to("out");

        assertDescription("""
                Topologies:
                   Sub-topology: 0
                    Source: KSTREAM-SOURCE-0000000000 (topics: [s])
                      --> KSTREAM-MAP-0000000004
                    Processor: KSTREAM-MAP-0000000004 (stores: [])
                      --> KSTREAM-LEFTJOIN-0000000005
                      <-- KSTREAM-SOURCE-0000000000
                    Processor: KSTREAM-LEFTJOIN-0000000005 (stores: [])
                      --> KSTREAM-SINK-0000000006
                      <-- KSTREAM-MAP-0000000004
                    Sink: KSTREAM-SINK-0000000006 (topic: out)
                      <-- KSTREAM-LEFTJOIN-0000000005

                  Sub-topology: 1 for global store (will not generate tasks)
                    Source: KSTREAM-SOURCE-0000000002 (topics: [g])
                      --> KTABLE-SOURCE-0000000003
                    Processor: KTABLE-SOURCE-0000000003 (stores: [g-STATE-STORE-0000000001])
                      --> none
                      <-- KSTREAM-SOURCE-0000000002
                """);
    }

    @Test
    void shouldRepartitionOnRequest() {
        KStream<String, String> stream = builder.stream("s");
        stream.repartition().foreach((key, value) -> {});

        assertDescription("""
                Topologies:
                   Sub-topology: 0
                    Source: KSTREAM-SOURCE-0000000000 (topics: [s])
                      --> KSTREAM-FILTER-0000000003
                    Processor: KSTREAM-FILTER-0000000003 (stores: [])
                      --> KSTREAM-SINK-0000000002
                      <-- KSTREAM-SOURCE-0000000000
                    Sink: KSTREAM-SINK-0000000002 (topic: KSTREAM-REPARTITION-0000000001-repartition)
                      <-- KSTREAM-FILTER-0000000003

                  Sub-topology: 1
                    Source: KSTREAM-SOURCE-0000000004 (topics: [KSTREAM-REPARTITION-0000000001-repartition])
                      --> KSTREAM-FOREACH-0000000005
                    Processor: KSTREAM-FOREACH-0000000005 (stores: [])
                      --> none
                      <-- KSTREAM-SOURCE-0000000004

                """);
    }

    @Test
    void shouldLeaveOutAnUnnamedRepartitionBehindAnother() {
        KStream<String, String> stream = builder.stream("s");
        stream.repartition(Repartitioned.<String, String>as("two").withNumberOfPartitions(2))
                .repartition()
                .peek((key, value) -> {})
                .print(Printed.toSysOut());

        assertDescription("""
                Topologies:
                   Sub-topology: 0
                    Source: KSTREAM-SOURCE-0000000000 (topics: [s])
                      --> two-repartition-filter
                    Processor: two-repartition-filter (stores: [])
                      --> two-repartition-sink
                      <-- KSTREAM-SOURCE-0000000000
                    Sink: two-repartition-sink (topic: two-repartition)
                      <-- two-repartition-filter

                  Sub-topology: 1
                    Source: two-repartition-source (topics: [two-repartition])
                      --> KSTREAM-PEEK-0000000008
                    Processor: KSTREAM-PEEK-0000000008 (stores: [])
                      --> KSTREAM-PRINTER-0000000009
                      <-- two-repartition-source
                    Processor: KSTREAM-PRINTER-0000000009 (stores: [])
                      --> none
                      <-- KSTREAM-PEEK-0000000008

                """);
    }

    @Test
    void shouldMakeATableOfAStream() {
        KStream<String, String> stream = builder.stream("input");
        stream.toTable().toStream().to("output");

        assertDescription("""
                Topologies:
                   Sub-topology: 0
                    Source: KSTREAM-SOURCE-0000000000 (topics: [input])
                      --> KSTREAM-TOTABLE-0000000001
                    Processor: KSTREAM-TOTABLE-0000000001 (stores: [])
                      --> KTABLE-TOSTREAM-0000000003
                      <-- KSTREAM-SOURCE-0000000000
                    Processor: KTABLE-TOSTREAM-0000000003 (stores: [])
                      --> KSTREAM-SINK-0000000004
                      <-- KSTREAM-TOTABLE-0000000001
                    Sink: KSTREAM-SINK-0000000004 (topic: output)
                      <-- KTABLE-TOSTREAM-0000000003

                """);
    }

    @Test
    void shouldRepartitionInFrontOfATable() {
        KStream<String, String> stream = builder.stream("my-input-topic");
        stream.map((key, value) -> KeyValue.pair(key, value)).toTable(Materialized.as("ItemTable"));

        assertDescription("""
                Topologies:
                   Sub-topology: 0
                    Source: KSTREAM-SOURCE-0000000000 (topics: [my-input-topic])
                      --> KSTREAM-MAP-0000000001
                    Processor: KSTREAM-MAP-0000000001 (stores: [])
                      --> KSTREAM-FILTER-0000000004
                      <-- KSTREAM-SOURCE-0000000000
                    Processor: KSTREAM-FILTER-0000000004 (stores: [])
                      --> KSTREAM-SINK-0000000003
                      <-- KSTREAM-MAP-0000000001
                    Sink: KSTREAM-SINK-0000000003 (topic: KSTREAM-TOTABLE-0000000002-repartition)
                      <-- KSTREAM-FILTER-0000000004

                  Sub-topology: 1
                    Source: KSTREAM-SOURCE-0000000005 (topics: [KSTREAM-TOTABLE-0000000002-repartition])
                      --> KSTREAM-TOTABLE-0000000002
                    Processor: KSTREAM-TOTABLE-0000000002 (stores: [ItemTable])
                      --> none
                      <-- KSTREAM-SOURCE-0000000005

                """);
    }

    @Test
    void shouldShareTheRepartitionTopicOfANamedGrouping() {
        KStream<String, String> stream = builder.stream("in");
        KGroupedStream<String, String> grouped =
                stream.selectKey((key, value) -> key + value).groupByKey(Grouped.as("grouping"));
        grouped.windowedBy(TimeWindows.ofSizeWithNoGrace(Duration.ofMillis(10))).count();
        grouped.windowedBy(TimeWindows.ofSizeWithNoGrace(Duration.ofMillis(30)))
                .reduce((one, other) -> other, Named.as("last"));

        assertDescription("""
                Topologies:
                   Sub-topology: 0
                    Source: KSTREAM-SOURCE-0000000000 (topics: [in])
                      --> KSTREAM-KEY-SELECT-0000000001
                    Processor: KSTREAM-KEY-SELECT-0000000001 (stores: [])
                      --> grouping-repartition-filter
                      <-- KSTREAM-SOURCE-0000000000
                    Processor: grouping-repartition-filter (stores: [])
                      --> grouping-repartition-sink
                      <-- KSTREAM-KEY-SELECT-0000000001
                    Sink: grouping-repartition-sink (topic: grouping-repartition)
                      <-- grouping-repartition-filter

                  Sub-topology: 1
                    Source: grouping-repartition-source (topics: [grouping-repartition])
                      --> KSTREAM-AGGREGATE-0000000003, last
                    Processor: KSTREAM-AGGREGATE-0000000003 (stores: [KSTREAM-AGGREGATE-STATE-STORE-0000000002])
                      --> none
                      <-- grouping-repartition-source
                    Processor: last (stores: [KSTREAM-REDUCE-STATE-STORE-0000000007])
                      --> none
                      <-- grouping-repartition-source

                """);
    }

    @Test
    void shouldRepartitionOnlyWhereKeysMayHaveChanged() {
        KStream<String, String> stream = builder.stream("in");
        stream.groupBy((key, value) -> value, Grouped.as("by-value")).reduce((one, other) -> other);
        stream.groupByKey().aggregate(() -> "", (key, value, all) -> all + value);

        assertDescription("""
                Topologies:
                   Sub-topology: 0
                    Source: KSTREAM-SOURCE-0000000000 (topics: [in])
                      --> by-value, KSTREAM-AGGREGATE-0000000008
                    Processor: by-value (stores: [])
                      --> by-value-repartition-filter
                      <-- KSTREAM-SOURCE-0000000000
                    Processor: by-value-repartition-filter (stores: [])
                      --> by-value-repartition-sink
                      <-- by-value
                    Processor: KSTREAM-AGGREGATE-0000000008 (stores: [KSTREAM-AGGREGATE-STATE-STORE-0000000007])
                      --> none
                      <-- KSTREAM-SOURCE-0000000000
                    Sink: by-value-repartition-sink (topic: by-value-repartition)
                      <-- by-value-repartition-filter

                  Sub-topology: 1
                    Source: by-value-repartition-source (topics: [by-value-repartition])
                      --> KSTREAM-REDUCE-0000000003
                    Processor: KSTREAM-REDUCE-0000000003 (stores: [KSTREAM-REDUCE-STATE-STORE-0000000002])
                      --> none
                      <-- by-value-repartition-source

                """);
    }

    @Test
    void shouldTakeANumberForANamedOperationToo() {
        KStream<String, String> stream = builder.stream("in", Consumed.as("reader"));
        stream.filter((key, value) -> true, Named.as("f"))
                .mapValues(value -> value)
                .to("out", Produced.as("writer"));

        assertDescription("""
                Topologies:
                   Sub-topology: 0
                    Source: reader (topics: [in])
                      --> f
                    Processor: f (stores: [])
                      --> KSTREAM-MAPVALUES-0000000002
                      <-- reader
                    Processor: KSTREAM-MAPVALUES-0000000002 (stores: [])
                      --> writer
                      <-- f
                    Sink: writer (topic: out)
                      <-- KSTREAM-MAPVALUES-0000000002

                """);
    }

    @Test
    void shouldReadATopicOnceForTwoStreamsOfIt() {
        KStream<String, String> one = builder.stream("in");
        KStream<String, String> other = builder.stream("in");
        one.to("a");
        other.mapValues(value -> value).to("b");

        assertDescription("""
                Topologies:
                   Sub-topology: 0
                    Source: KSTREAM-SOURCE-0000000000 (topics: [in])
                      --> KSTREAM-MAPVALUES-0000000003, KSTREAM-SINK-0000000002
                    Processor: KSTREAM-MAPVALUES-0000000003 (stores: [])
                      --> KSTREAM-SINK-0000000004
                      <-- KSTREAM-SOURCE-0000000000
                    Sink: KSTREAM-SINK-0000000002 (topic: a)
                      <-- KSTREAM-SOURCE-0000000000
                    Sink: KSTREAM-SINK-0000000004 (topic: b)
                      <-- KSTREAM-MAPVALUES-0000000003

                """);
    }
}
