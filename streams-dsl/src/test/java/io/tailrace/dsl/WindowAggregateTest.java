package io.tailrace.dsl;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.Bytes;
import io.tailrace.kstream.Consumed;
import io.tailrace.kstream.KGroupedStream;
import io.tailrace.kstream.Materialized;
import io.tailrace.kstream.TimeWindows;
import io.tailrace.kstream.UnlimitedWindows;
import io.tailrace.serde.Serdes;
import io.tailrace.state.TimestampedWindowStore;
import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.state.WindowBytesStoreSupplier;
import io.tailrace.state.WindowStore;
import io.tailrace.stores.Stores;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WindowAggregateTest {
    private final StreamsBuilder builder = new StreamsBuilder();
    private final KGroupedStream<String, String> grouped = builder.stream(
                    "in", Consumed.with(Serdes.String(), Serdes.String()))
            .groupByKey();

    private static Duration ms(long millis) {
        return Duration.ofMillis(millis);
    }

    @Test
    void shouldCountPerKeyAndWindow() {
        grouped.windowedBy(TimeWindows.ofSizeWithNoGrace(ms(10)))
                .count()
                .toStream()
                .to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("in", "a", "x", 0);
            runner.send("in", "a", "x", 9);
            runner.send("in", "b", "x", 9);
            runner.send("in", "a", "x", 10);
            assertThat(runner.texts("out"))
                    .containsExactly("[a@0/10]=1@0", "[a@0/10]=2@9", "[b@0/10]=1@9", "[a@10/20]=1@10");
        }
    }

    @Test
    void shouldCountNullValuesButNotNullKeys() {
        grouped.windowedBy(TimeWindows.ofSizeWithNoGrace(ms(10)))
                .count()
                .toStream()
                .to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("in", "a", null, 0);
            runner.send("in", null, "x", 1);
            assertThat(runner.texts("out")).containsExactly("[a@0/10]=1@0");
        }
    }

    @Test
    void shouldCountARecordInEveryHoppingWindowItLiesIn() {
        grouped.windowedBy(TimeWindows.ofSizeWithNoGrace(ms(10)).advanceBy(ms(5)))
                .count()
                .toStream()
                .to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("in", "a", "x", 12);
            assertThat(runner.texts("out")).containsExactly("[a@5/15]=1@12", "[a@10/20]=1@12");
        }
    }

    @Test
    void shouldTakeLateRecordsWithinTheGracePeriodOnly() {
        grouped.windowedBy(TimeWindows.ofSizeAndGrace(ms(10), ms(5)))
                .count()
                .toStream()
                .to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("in", "a", "x", 3);
            runner.send("in", "b", "x", 14); // window [0, 10) is open until 15
            runner.send("in", "a", "x", 4);
            runner.send("in", "b", "x", 15);
            runner.send("in", "a", "x", 5);
            assertThat(runner.texts("out"))
                    .containsExactly("[a@0/10]=1@3", "[b@10/20]=1@14", "[a@0/10]=2@4", "[b@10/20]=2@15");
        }
    }

    @Test
    void shouldDropOnlyTheClosedOnesOfSeveralWindows() {
        grouped.windowedBy(TimeWindows.ofSizeWithNoGrace(ms(10)).advanceBy(ms(5)))
                .count()
                .toStream()
                .to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("in", "a", "x", 16);
            runner.read("out");
            runner.send("in", "a", "x", 12); // [5, 15) is closed, [10, 20) is not
            assertThat(runner.texts("out")).containsExactly("[a@10/20]=2@16");
        }
    }

    @Test
    void shouldNotLetRecordsWithoutKeyMoveStreamTime() {
        grouped.windowedBy(TimeWindows.ofSizeWithNoGrace(ms(10)))
                .count()
                .toStream()
                .to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("in", null, "x", 100);
            runner.send("in", "a", "x", 1);
            assertThat(runner.texts("out")).containsExactly("[a@0/10]=1@1");
        }
    }

    @Test
    void shouldReduceAndAggregatePerWindow() {
        TimeWindows windows = TimeWindows.ofSizeWithNoGrace(ms(10));
        grouped.windowedBy(windows)
                .reduce((all, value) -> all + value)
                .toStream()
                .to("reduced");
        grouped.windowedBy(windows)
                .aggregate(() -> "", (key, value, all) -> all + key + value)
                .toStream()
                .to("aggregated");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("in", "a", "x", 1);
            runner.send("in", "a", "y", 2);
            runner.send("in", "a", "z", 11);
            assertThat(runner.texts("reduced")).containsExactly("[a@0/10]=x@1", "[a@0/10]=xy@2", "[a@10/20]=z@11");
            assertThat(runner.texts("aggregated"))
                    .containsExactly("[a@0/10]=ax@1", "[a@0/10]=axay@2", "[a@10/20]=az@11");
        }
    }

    @Test
    void shouldKeepResultsInAWindowStore() {
        grouped.windowedBy(TimeWindows.ofSizeAndGrace(ms(10), ms(100))).count(Materialized.as("store"));
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("in", "a", "x", 14);
            runner.send("in", "a", "x", 12);
            TimestampedWindowStore<String, Long> store = runner.store("store");
            assertThat(store.fetch("a", 10)).isEqualTo(ValueAndTimestamp.make(2L, 14));
            assertThat(store.fetch("a", 0)).isNull();
        }
    }

    @Test
    void shouldCountInASingleWindowWithoutAnEnd() {
        grouped.windowedBy(UnlimitedWindows.of().startOn(Instant.ofEpochMilli(5)))
                .count()
                .toStream()
                .to("out");
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("in", "a", "x", 4);
            runner.send("in", "a", "x", 1_000_000);
            runner.send("in", "a", "x", 5);
            assertThat(runner.texts("out"))
                    .containsExactly("[a@5/9223372036854775807]=1@1000000", "[a@5/9223372036854775807]=2@1000000");
        }
    }

    @Test
    void shouldRefuseARetentionShorterThanTheWindowsStayOpen() {
        Materialized<String, Long, WindowStore<Bytes, byte[]>> materialized =
                Materialized.<String, Long, WindowStore<Bytes, byte[]>>as("store")
                        .withRetention(ms(14));
        assertThatThrownBy(() -> grouped.windowedBy(TimeWindows.ofSizeAndGrace(ms(10), ms(5)))
                        .count(materialized))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'store' has a retention of 14 ms")
                .hasMessageContaining("10 + 5 ms");
    }

    @Test
    void shouldRefuseARetentionBesideASupplier() {
        WindowBytesStoreSupplier supplier = Stores.inMemoryWindowStore("store", ms(100), ms(10), false);
        assertThatThrownBy(() -> grouped.windowedBy(TimeWindows.ofSizeWithNoGrace(ms(10)))
                        .count(Materialized.<String, Long>as(supplier).withRetention(ms(100))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'store' has a supplier");
    }

    @Test
    void shouldKeepWindowsInTheStoreThatIsSupplied() {
        WindowBytesStoreSupplier supplier = Stores.inMemoryWindowStore("supplied", ms(100), ms(10), false);
        grouped.windowedBy(TimeWindows.ofSizeWithNoGrace(ms(10))).count(Materialized.as(supplier));
        try (TopologyRunner runner = new TopologyRunner(builder.build())) {
            runner.send("in", "a", "x", 14);
            TimestampedWindowStore<String, Long> store = runner.store("supplied");
            assertThat(store.persistent()).isFalse();
            assertThat(store.fetch("a", 10)).isEqualTo(ValueAndTimestamp.make(1L, 14));
        }
    }

    /** Against a model: with a grace period as long as the test, every record counts in each window it lies in. */
    @Property(tries = 50)
    void shouldCountLikeAPlainLoop(
            @ForAll @Size(max = 60) List<@IntRange(max = 200) Integer> timestamps,
            @ForAll @IntRange(min = 1, max = 20) int advance,
            @ForAll @IntRange(min = 1, max = 4) int windowsPerRecord) {
        long size = (long) advance * windowsPerRecord;
        StreamsBuilder counting = new StreamsBuilder();
        counting.stream("in", Consumed.with(Serdes.String(), Serdes.String()))
                .groupByKey()
                .windowedBy(TimeWindows.ofSizeAndGrace(ms(size), ms(1000)).advanceBy(ms(advance)))
                .count(Materialized.as(Materialized.StoreType.IN_MEMORY))
                .toStream()
                .to("out");
        Map<String, Long> expected = new HashMap<>();
        Map<String, Long> actual = new HashMap<>();
        List<Integer> sent = new ArrayList<>(timestamps);
        try (TopologyRunner runner = new TopologyRunner(counting.build())) {
            for (int timestamp : sent) {
                runner.send("in", "k", "v", timestamp);
                for (long start = 0; start <= timestamp; start += advance) {
                    if (timestamp < start + size) {
                        expected.merge("[k@" + start + "/" + (start + size) + "]", 1L, Long::sum);
                    }
                }
            }
            runner.read("out").forEach(record -> actual.put(String.valueOf(record.key()), (Long) record.value()));
        }
        assertThat(actual).isEqualTo(expected);
    }
}
