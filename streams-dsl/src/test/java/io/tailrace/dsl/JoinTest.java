package io.tailrace.dsl;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.kstream.GlobalKTable;
import io.tailrace.kstream.Joined;
import io.tailrace.kstream.KStream;
import io.tailrace.kstream.KTable;
import io.tailrace.kstream.Named;
import io.tailrace.kstream.TimeWindows;
import io.tailrace.serde.Serdes;
import io.tailrace.state.TimeWindow;
import io.tailrace.state.Windowed;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class JoinTest {
    private final StreamsBuilder builder = new StreamsBuilder();
    private final KStream<String, String> stream = builder.stream("stream");

    @Test
    void shouldJoinARecordWithTheTableAsItIsThen() {
        KTable<String, String> table = builder.table("table");
        stream.join(table, (left, right) -> left + "+" + right).to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("stream", "a", "early", 1);
            runner.send("table", "a", "one", 20);
            runner.send("stream", "a", "x", 3);
            runner.send("table", "a", "two", 4);
            runner.send("stream", "a", "y", 5);
            runner.send("table", "a", null, 6);
            runner.send("stream", "a", "late", 7);
            assertThat(runner.texts("out")).containsExactly("a=x+one@3", "a=y+two@5");
        }
    }

    @Test
    void shouldDropNullKeysAndValuesInAnInnerJoin() {
        KTable<String, String> table = builder.table("table");
        stream.join(table, (left, right) -> left + "+" + right).to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("table", "a", "one", 1);
            runner.send("stream", null, "x", 2);
            runner.send("stream", "a", null, 3);
            assertThat(runner.texts("out")).isEmpty();
        }
    }

    @Test
    void shouldJoinEveryRecordWithAValueInALeftJoin() {
        KTable<String, String> table = builder.table("table");
        stream.leftJoin(table, (key, left, right) -> key + ":" + left + "+" + right)
                .to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("table", "a", "one", 1);
            runner.send("stream", "a", "x", 2);
            runner.send("stream", "b", "y", 3);
            runner.send("stream", null, "z", 4);
            runner.send("stream", "a", null, 5);
            assertThat(runner.texts("out")).containsExactly("a=a:x+one@2", "b=b:y+null@3", "null=null:z+null@4");
        }
    }

    @Test
    void shouldLetNullKeysThroughTheRepartitionOfALeftJoin() {
        KTable<String, String> table = builder.table("table");
        stream.selectKey((key, value) -> value.isEmpty() ? null : value)
                .leftJoin(
                        table, (left, right) -> left + "+" + right, Joined.with(Serdes.String(), Serdes.String(), null))
                .to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("stream", "a", "", 2);
            assertThat(runner.texts("out")).containsExactly("null=+null@2");
        }
    }

    @Test
    void shouldDropNullKeysInTheRepartitionOfAnInnerJoin() {
        KTable<String, String> table = builder.table("table");
        KStream<String, String> rekeyed = stream.selectKey((key, value) -> value.isEmpty() ? null : value);
        rekeyed.leftJoin(table, (left, right) -> left + "+" + right).to("left");
        rekeyed.join(table, (left, right) -> left + "+" + right).to("inner");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("table", "x", "one", 1);
            runner.send("stream", "a", "", 2); // shares the topic with an inner join, which has no use for it
            runner.send("stream", "a", "x", 3);
            assertThat(runner.texts("left")).containsExactly("x=x+one@3");
            assertThat(runner.texts("inner")).containsExactly("x=x+one@3");
        }
    }

    @Test
    void shouldComputeTheValuesOfADerivedTableWhenLookingThemUp() {
        KTable<String, String> table = builder.table("table");
        KTable<String, String> derived =
                table.filter((key, value) -> !value.isEmpty()).mapValues((key, value) -> key + value.length());
        stream.leftJoin(derived, (left, right) -> left + "+" + right).to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("table", "a", "abc", 1);
            runner.send("table", "b", "", 1);
            runner.send("stream", "a", "x", 2);
            runner.send("stream", "b", "y", 3);
            assertThat(runner.texts("out")).containsExactly("a=x+a3@2", "b=y+null@3");
        }
    }

    @Test
    void shouldJoinWithTheResultOfAnAggregation() {
        KTable<String, Long> counts =
                builder.<String, String>stream("events").groupByKey().count();
        stream.join(counts, (left, count) -> left + count).to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("events", "a", "e", 1);
            runner.send("events", "a", "e", 2);
            runner.send("stream", "a", "x", 3);
            assertThat(runner.texts("out")).containsExactly("a=x2@3");
        }
    }

    @Test
    void shouldJoinWindowedKeysWithAWindowedTable() {
        KTable<Windowed<String>, Long> counts = builder.<String, String>stream("events")
                .groupByKey()
                .windowedBy(TimeWindows.ofSizeWithNoGrace(Duration.ofMillis(10)))
                .count();
        KStream<Windowed<String>, String> questions = builder.stream("questions");
        questions
                .join(counts.mapValues(count -> count * 10), (left, count) -> left + count)
                .to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("events", "a", "e", 12);
            runner.send("questions", new Windowed<>("a", new TimeWindow(10, 20)), "x", 20);
            runner.send("questions", new Windowed<>("a", new TimeWindow(0, 10)), "y", 20);
            assertThat(runner.texts("out")).containsExactly("[a@10/20]=x10@20");
        }
    }

    @Test
    void shouldLookUpInAGlobalTableByASelectedKey() {
        GlobalKTable<String, String> cities = builder.globalTable("cities");
        stream.join(cities, (key, value) -> value, (key, value, city) -> key + " to " + city, Named.as("to-city"))
                .to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("cities", "LHR", "London", 1);
            runner.send("cities", null, "Nowhere", 1);
            runner.send("stream", "a", "LHR", 2);
            runner.send("stream", "b", "XXX", 3);
            runner.send("stream", "c", null, 4);
            runner.send("stream", null, "LHR", 5);
            runner.send("cities", "LHR", null, 6);
            runner.send("stream", "d", "LHR", 7);
            assertThat(runner.texts("out")).containsExactly("a=a to London@2", "null=null to London@5");
        }
    }

    @Test
    void shouldJoinWithNullWhereAGlobalTableHasNothing() {
        GlobalKTable<String, String> cities = builder.globalTable("cities");
        stream.leftJoin(cities, (key, value) -> value.isEmpty() ? null : value, (value, city) -> value + "=" + city)
                .to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("cities", "LHR", "London", 1);
            runner.send("stream", "a", "LHR", 2);
            runner.send("stream", "b", "XXX", 3);
            runner.send("stream", "c", "", 4);
            runner.send("stream", "d", null, 5);
            assertThat(runner.texts("out")).containsExactly("a=LHR=London@2", "b=XXX=null@3", "c==null@4");
        }
    }

    @Test
    void shouldAskForEqualPartitionCountsOfJoinedTopics() {
        KTable<String, String> table = builder.table("table");
        stream.join(table, (left, right) -> left).to("out");
        assertThat(builder.build().graph().copartitionGroups()).singleElement().satisfies(group -> assertThat(group)
                .containsExactlyInAnyOrder("stream", "table"));
    }

    @Test
    void shouldAskForEqualPartitionCountsOfARepartitionTopicAndTheTable() {
        KTable<String, String> table = builder.table("table");
        stream.selectKey((key, value) -> value)
                .join(table, (left, right) -> left, Joined.as("joined"))
                .to("out");
        assertThat(builder.build().graph().copartitionGroups()).singleElement().satisfies(group -> assertThat(group)
                .containsExactlyInAnyOrder("joined-repartition", "table"));
    }
}
