package io.tailrace.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.processor.api.ContextualProcessor;
import io.tailrace.processor.api.Record;
import io.tailrace.serde.Serdes;
import io.tailrace.serde.StringSerializer;
import io.tailrace.state.AggregationWithHeaders;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.SessionStore;
import io.tailrace.state.SessionStoreWithHeaders;
import io.tailrace.state.SessionWindow;
import io.tailrace.state.TimestampedKeyValueStoreWithHeaders;
import io.tailrace.state.TimestampedWindowStoreWithHeaders;
import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.state.ValueTimestampHeaders;
import io.tailrace.state.WindowStore;
import io.tailrace.state.Windowed;
import io.tailrace.stores.Stores;
import io.tailrace.topology.Topology;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Stores with headers in a running application: cached, committed, and restored after the local state is gone. */
class HeaderStoresTest {
    private static final Duration DAY = Duration.ofDays(1);

    /** Keeps each record with its headers. */
    private static final class Keeper extends ContextualProcessor<String, String, Void, Void> {
        @Override
        public void process(Record<String, String> record) {
            String key = Objects.requireNonNull(record.key());
            TimestampedKeyValueStoreWithHeaders<String, String> values =
                    context().getStateStore("values");
            values.put(key, value(record));
            TimestampedWindowStoreWithHeaders<String, String> windows =
                    context().getStateStore("windows");
            windows.put(key, value(record), 1_000);
            SessionStoreWithHeaders<String, String> sessions = context().getStateStore("sessions");
            sessions.put(
                    new Windowed<>(key, new SessionWindow(1_000, 2_000)),
                    AggregationWithHeaders.make(record.value(), record.headers()));
        }

        private static @Nullable ValueTimestampHeaders<String> value(Record<String, String> record) {
            return ValueTimestampHeaders.make(record.value(), record.timestamp(), record.headers());
        }
    }

    private static Topology topology(boolean cached) {
        var values = Stores.timestampedKeyValueStoreWithHeadersBuilder(
                Stores.persistentTimestampedKeyValueStoreWithHeaders("values"), Serdes.String(), Serdes.String());
        var windows = Stores.timestampedWindowStoreWithHeadersBuilder(
                Stores.persistentTimestampedWindowStoreWithHeaders("windows", DAY, Duration.ofMinutes(1), false),
                Serdes.String(),
                Serdes.String());
        var sessions = Stores.sessionStoreWithHeadersBuilder(
                Stores.persistentSessionStoreWithHeaders("sessions", DAY), Serdes.String(), Serdes.String());
        if (cached) {
            values.withCachingEnabled();
            windows.withCachingEnabled();
            sessions.withCachingEnabled();
        }
        return new Topology()
                .addSource("source", "in")
                .addProcessor("keep", Keeper::new, "source")
                .addStateStore(values, "keep")
                .addStateStore(windows, "keep")
                .addStateStore(sessions, "keep");
    }

    private static Headers header(String value) {
        return new RecordHeaders().add("h", value.getBytes(UTF_8)).add("none", null);
    }

    @ParameterizedTest
    @CsvSource({"1, false", "1, true", "3, true"})
    void shouldKeepHeadersUntilAfterARestore(int partitions, boolean cached) {
        Properties config = new Properties();
        config.put("default.key.serde", Serdes.String().getClass());
        config.put("default.value.serde", Serdes.String().getClass());
        try (TopologyTestDriver driver = TopologyTestDriver.builder(topology(cached))
                .config(config)
                .partitions("in", partitions)
                .build()) {
            TestInputTopic<String, String> in =
                    driver.createInputTopic("in", new StringSerializer(), new StringSerializer());
            for (String key : List.of("a", "b", "c")) {
                in.pipeInput(new TestRecord<>(key, "old", header("old-" + key), 10L));
                in.pipeInput(new TestRecord<>(key, "v-" + key, header("new-" + key), 20L));
            }
            check(driver);
            driver.restart();
            check(driver);
            driver.restartWithoutLocalState();
            check(driver);
        }
    }

    private static void check(TopologyTestDriver driver) {
        for (String key : List.of("a", "b", "c")) {
            String value = "v-" + key;
            ValueTimestampHeaders<String> kept = ValueTimestampHeaders.make(value, 20, header("new-" + key));
            assertThat(store(driver.<String, String>getTimestampedKeyValueStoreWithHeaders("values"))
                            .get(key))
                    .isEqualTo(kept);
            assertThat(store(driver.<String, String>getTimestampedKeyValueStore("values"))
                            .get(key))
                    .isEqualTo(ValueAndTimestamp.make(value, 20));
            KeyValueStore<String, String> plain = store(driver.getKeyValueStore("values"));
            assertThat(plain.get(key)).isEqualTo(value);
            assertThat(values(plain.all())).containsExactlyInAnyOrder("v-a", "v-b", "v-c");
            assertThat(store(driver.<String, String>getTimestampedWindowStoreWithHeaders("windows"))
                            .fetch(key, 1_000))
                    .isEqualTo(kept);
            assertThat(store(driver.<String, String>getTimestampedWindowStore("windows"))
                            .fetch(key, 1_000))
                    .isEqualTo(ValueAndTimestamp.make(value, 20));
            WindowStore<String, String> windows = store(driver.getWindowStore("windows"));
            assertThat(windows.fetch(key, 1_000)).isEqualTo(value);
            assertThat(values(windows.all())).containsExactlyInAnyOrder("v-a", "v-b", "v-c");
            assertThat(store(driver.<String, String>getSessionStoreWithHeaders("sessions"))
                            .fetchSession(key, 1_000, 2_000))
                    .isEqualTo(AggregationWithHeaders.make(value, header("new-" + key)));
            SessionStore<String, String> sessions = store(driver.getSessionStore("sessions"));
            assertThat(sessions.fetchSession(key, 1_000, 2_000)).isEqualTo(value);
            assertThat(values(sessions.fetch(key))).containsExactly(value);
        }
        assertThat(driver.getVersionedKeyValueStore("values")).isNull();
        assertThat(driver.getSessionStore("values")).isNull();
    }

    private static <S> S store(@Nullable S store) {
        return Objects.requireNonNull(store);
    }

    private static <K> List<String> values(KeyValueIterator<K, String> iterator) {
        List<String> values = new ArrayList<>();
        try (iterator) {
            iterator.forEachRemaining(entry -> values.add(Objects.requireNonNull(entry.value)));
        }
        return values;
    }
}
