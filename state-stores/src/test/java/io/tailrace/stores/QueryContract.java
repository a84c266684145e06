package io.tailrace.stores;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.processor.KeyValue;
import io.tailrace.processor.StateStore;
import io.tailrace.query.FailureReason;
import io.tailrace.query.Position;
import io.tailrace.query.PositionBound;
import io.tailrace.query.Query;
import io.tailrace.query.QueryConfig;
import io.tailrace.query.QueryResult;
import io.tailrace.serde.Serdes;
import io.tailrace.state.AggregationWithHeaders;
import io.tailrace.state.KeyValueBytesStoreSupplier;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.SessionBytesStoreSupplier;
import io.tailrace.state.SessionStore;
import io.tailrace.state.SessionStoreWithHeaders;
import io.tailrace.state.SessionWindow;
import io.tailrace.state.TimestampedKeyValueStore;
import io.tailrace.state.TimestampedKeyValueStoreWithHeaders;
import io.tailrace.state.TimestampedWindowStoreWithHeaders;
import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.state.ValueTimestampHeaders;
import io.tailrace.state.VersionedBytesStoreSupplier;
import io.tailrace.state.VersionedKeyValueStore;
import io.tailrace.state.VersionedRecord;
import io.tailrace.state.VersionedRecordIterator;
import io.tailrace.state.WindowBytesStoreSupplier;
import io.tailrace.state.WindowStore;
import io.tailrace.state.Windowed;
import io.tailrace.state.query.KeyQuery;
import io.tailrace.state.query.MultiVersionedKeyQuery;
import io.tailrace.state.query.RangeQuery;
import io.tailrace.state.query.TimestampedKeyQuery;
import io.tailrace.state.query.TimestampedRangeQuery;
import io.tailrace.state.query.VersionedKeyQuery;
import io.tailrace.state.query.WindowKeyQuery;
import io.tailrace.state.query.WindowRangeQuery;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every kind of store answers to queries, whatever its storage. */
abstract class QueryContract {
    @TempDir
    Path dir = Path.of("replaced by JUnit");

    private final List<StateStore> open = new ArrayList<>();
    private Position position = Position.emptyPosition();

    abstract KeyValueBytesStoreSupplier keyValues();

    abstract WindowBytesStoreSupplier windows(Duration retention, Duration size);

    abstract SessionBytesStoreSupplier sessions(Duration retention);

    abstract VersionedBytesStoreSupplier versions(Duration historyRetention);

    @AfterEach
    void closeStores() {
        open.forEach(StateStore::close);
    }

    private <S extends StateStore> S opened(S store) {
        TestContext context = new TestContext(dir) {
            @Override
            public Position committedPosition() {
                return position.copy();
            }
        };
        store.init(context, store);
        open.add(store);
        return store;
    }

    private KeyValueStore<String, Long> plain() {
        KeyValueStore<String, Long> store =
                opened(Stores.keyValueStoreBuilder(keyValues(), Serdes.String(), Serdes.Long())
                        .build());
        store.put("a", 1L);
        store.put("b", 2L);
        store.put("c", 3L);
        return store;
    }

    private TimestampedKeyValueStore<String, Long> timestamped() {
        TimestampedKeyValueStore<String, Long> store =
                opened(Stores.timestampedKeyValueStoreBuilder(keyValues(), Serdes.String(), Serdes.Long())
                        .build());
        store.put("a", ValueAndTimestamp.make(1L, 10));
        store.put("b", ValueAndTimestamp.make(2L, 20));
        store.commit(Map.of());
        return store;
    }

    private WindowStore<String, Long> windowed() {
        WindowStore<String, Long> store = opened(Stores.windowStoreBuilder(
                        windows(Duration.ofMillis(1000), Duration.ofMillis(10)), Serdes.String(), Serdes.Long())
                .build());
        store.put("a", 1L, 100);
        store.put("a", 2L, 200);
        store.put("b", 3L, 200);
        store.commit(Map.of());
        return store;
    }

    private static <R> QueryResult<R> ask(StateStore store, Query<R> query) {
        return store.query(query, PositionBound.unbounded(), new QueryConfig(false));
    }

    private static <R> @Nullable R answer(StateStore store, Query<R> query) {
        return ask(store, query).getResult();
    }

    private static <T> List<T> drained(@Nullable Iterator<T> iterator) {
        List<T> all = new ArrayList<>();
        Objects.requireNonNull(iterator).forEachRemaining(all::add);
        if (iterator instanceof KeyValueIterator<?, ?> entries) {
            entries.close();
        } else if (iterator instanceof VersionedRecordIterator<?> versions) {
            versions.close();
        }
        return all;
    }

    @Test
    void shouldNotShowWhatIsNotCommitted() {
        KeyValueStore<String, Long> store = plain();
        assertThat(answer(store, KeyQuery.<String, Long>withKey("a"))).isNull();
        store.commit(Map.of());
        assertThat(answer(store, KeyQuery.<String, Long>withKey("a"))).isEqualTo(1);
    }

    @Test
    void shouldAnswerRangesInTheOrderAskedFor() {
        KeyValueStore<String, Long> store = plain();
        store.commit(Map.of());
        assertThat(drained(answer(store, RangeQuery.<String, Long>withRange("a", "b"))))
                .containsExactly(KeyValue.pair("a", 1L), KeyValue.pair("b", 2L));
        assertThat(drained(answer(
                        store, RangeQuery.<String, Long>withLowerBound("b").withDescendingKeys())))
                .containsExactly(KeyValue.pair("c", 3L), KeyValue.pair("b", 2L));
        assertThat(drained(answer(store, RangeQuery.<String, Long>withUpperBound("a"))))
                .containsExactly(KeyValue.pair("a", 1L));
        assertThat(drained(answer(store, RangeQuery.<String, Long>withNoBounds().withAscendingKeys())))
                .hasSize(3);
    }

    @Test
    void shouldShowAnIteratorTheCommitThatItBeganIn() {
        KeyValueStore<String, Long> store = plain();
        store.commit(Map.of());
        KeyValueIterator<String, Long> before =
                Objects.requireNonNull(answer(store, RangeQuery.<String, Long>withNoBounds()));
        store.put("a", 100L);
        store.delete("c");
        store.commit(Map.of());
        assertThat(drained(before))
                .containsExactly(KeyValue.pair("a", 1L), KeyValue.pair("b", 2L), KeyValue.pair("c", 3L));
    }

    @Test
    void shouldAnswerWithTimestampsOrWithout() {
        TimestampedKeyValueStore<String, Long> store = timestamped();
        assertThat(answer(store, TimestampedKeyQuery.<String, Long>withKey("a")))
                .isEqualTo(ValueAndTimestamp.make(1L, 10));
        assertThat(answer(store, KeyQuery.<String, Long>withKey("a"))).isEqualTo(1L);
        assertThat(answer(store, KeyQuery.<String, Long>withKey("z"))).isNull();
        assertThat(drained(answer(
                        store,
                        TimestampedRangeQuery.<String, Long>withNoBounds().withDescendingKeys())))
                .containsExactly(
                        KeyValue.pair("b", ValueAndTimestamp.make(2L, 20)),
                        KeyValue.pair("a", ValueAndTimestamp.make(1L, 10)));
        assertThat(drained(answer(store, RangeQuery.<String, Long>withNoBounds())))
                .containsExactly(KeyValue.pair("a", 1L), KeyValue.pair("b", 2L));
    }

    @Test
    void shouldAnswerWindowsByKeyAndByTime() {
        WindowStore<String, Long> store = windowed();
        assertThat(drained(answer(
                        store,
                        WindowKeyQuery.<String, Long>withKeyAndWindowStartRange(
                                "a", Instant.ofEpochMilli(0), Instant.ofEpochMilli(200)))))
                .containsExactly(KeyValue.pair(100L, 1L), KeyValue.pair(200L, 2L));
        assertThat(drained(answer(
                        store,
                        WindowRangeQuery.<String, Long>withWindowStartRange(
                                Instant.ofEpochMilli(150), Instant.ofEpochMilli(250)))))
                .extracting(entry -> Objects.requireNonNull(entry.key).key(), entry -> entry.value)
                .containsExactlyInAnyOrder(tuple("a", 2L), tuple("b", 3L));
    }

    @Test
    void shouldAnswerTheSessionsOfAKey() {
        SessionStore<String, Long> store =
                opened(Stores.sessionStoreBuilder(sessions(Duration.ofSeconds(1)), Serdes.String(), Serdes.Long())
                        .build());
        store.put(new Windowed<>("a", new SessionWindow(100, 150)), 1L);
        store.put(new Windowed<>("a", new SessionWindow(200, 210)), 2L);
        store.put(new Windowed<>("b", new SessionWindow(100, 110)), 3L);
        assertThat(drained(answer(store, WindowRangeQuery.<String, Long>withKey("a"))))
                .isEmpty();
        store.commit(Map.of());
        assertThat(drained(answer(store, WindowRangeQuery.<String, Long>withKey("a"))))
                .extracting(entry -> entry.value)
                .containsExactly(1L, 2L);
        QueryResult<?> byTime =
                ask(store, WindowRangeQuery.<String, Long>withWindowStartRange(Instant.EPOCH, Instant.ofEpochMilli(1)));
        assertThat(byTime.getFailureReason()).isEqualTo(FailureReason.UNKNOWN_QUERY_TYPE);
        assertThat(byTime.getFailureMessage()).contains("withKey");
    }

    @Test
    void shouldAnswerWithoutHeaders() {
        Headers headers = new RecordHeaders().add("h", new byte[] {1});
        TimestampedKeyValueStoreWithHeaders<String, Long> values =
                opened(Stores.timestampedKeyValueStoreWithHeadersBuilder(keyValues(), Serdes.String(), Serdes.Long())
                        .build());
        values.put("a", ValueTimestampHeaders.make(1L, 10, headers));
        values.commit(Map.of());
        ValueAndTimestamp<Long> timestamped = ValueAndTimestamp.make(1L, 10);
        assertThat(answer(values, KeyQuery.<String, Long>withKey("a"))).isEqualTo(1L);
        assertThat(answer(values, TimestampedKeyQuery.<String, Long>withKey("a")))
                .isEqualTo(timestamped);
        assertThat(answer(values, TimestampedKeyQuery.<String, Long>withKey("z")))
                .isNull();
        assertThat(drained(answer(values, RangeQuery.<String, Long>withNoBounds())))
                .containsExactly(KeyValue.pair("a", 1L));
        assertThat(drained(answer(values, TimestampedRangeQuery.<String, Long>withNoBounds())))
                .containsExactly(KeyValue.pair("a", timestamped));

        TimestampedWindowStoreWithHeaders<String, Long> windows =
                opened(Stores.timestampedWindowStoreWithHeadersBuilder(
                                windows(Duration.ofMillis(1000), Duration.ofMillis(10)), Serdes.String(), Serdes.Long())
                        .build());
        windows.put("a", ValueTimestampHeaders.make(1L, 10, headers), 100);
        windows.commit(Map.of());
        assertThat(drained(answer(
                        windows,
                        WindowKeyQuery.<String, ValueAndTimestamp<Long>>withKeyAndWindowStartRange(
                                "a", Instant.EPOCH, Instant.ofEpochMilli(200)))))
                .containsExactly(KeyValue.pair(100L, timestamped));
        assertThat(drained(answer(
                        windows,
                        WindowRangeQuery.<String, ValueAndTimestamp<Long>>withWindowStartRange(
                                Instant.EPOCH, Instant.ofEpochMilli(200)))))
                .extracting(entry -> entry.value)
                .containsExactly(timestamped);

        SessionStoreWithHeaders<String, Long> sessions = opened(
                Stores.sessionStoreWithHeadersBuilder(sessions(Duration.ofSeconds(1)), Serdes.String(), Serdes.Long())
                        .build());
        sessions.put(new Windowed<>("a", new SessionWindow(100, 150)), AggregationWithHeaders.make(1L, headers));
        sessions.commit(Map.of());
        assertThat(drained(answer(sessions, WindowRangeQuery.<String, Long>withKey("a"))))
                .extracting(entry -> entry.value)
                .containsExactly(1L);
    }

    @Test
    void shouldAnswerVersionsOfAKey() {
        VersionedKeyValueStore<String, Long> store = opened(
                Stores.versionedKeyValueStoreBuilder(versions(Duration.ofSeconds(1)), Serdes.String(), Serdes.Long())
                        .build());
        store.put("a", 1L, 100);
        store.put("a", 2L, 200);
        store.put("a", 3L, 300);
        store.commit(Map.of());
        VersionedKeyQuery<String, Long> query = VersionedKeyQuery.withKey("a");
        assertThat(answer(store, query)).isEqualTo(new VersionedRecord<>(3L, 300));
        assertThat(answer(store, query.asOf(Instant.ofEpochMilli(250)))).isEqualTo(new VersionedRecord<>(2L, 200, 300));
        assertThat(answer(store, query.asOf(Instant.ofEpochMilli(50)))).isNull();
        MultiVersionedKeyQuery<String, Long> all = MultiVersionedKeyQuery.withKey("a");
        assertThat(drained(answer(store, all)))
                .extracting(VersionedRecord::value)
                .containsExactly(3L, 2L, 1L);
        assertThat(drained(answer(
                        store,
                        all.withAscendingTimestamps()
                                .fromTime(Instant.ofEpochMilli(150))
                                .toTime(Instant.ofEpochMilli(250)))))
                .extracting(VersionedRecord::value)
                .containsExactly(1L, 2L);
    }

    @Test
    void shouldSayWhenItDoesNotKnowAQuery() {
        assertThat(ask(plain(), TimestampedKeyQuery.<String, Long>withKey("a")).getFailureReason())
                .isEqualTo(FailureReason.UNKNOWN_QUERY_TYPE);
        WindowStore<String, Long> windows = windowed();
        assertThat(ask(windows, KeyQuery.<String, Long>withKey("a")).getFailureReason())
                .isEqualTo(FailureReason.UNKNOWN_QUERY_TYPE);
        QueryResult<?> sessions = ask(windows, WindowRangeQuery.<String, Long>withKey("a"));
        assertThat(sessions.getFailureReason()).isEqualTo(FailureReason.UNKNOWN_QUERY_TYPE);
        assertThat(sessions.getFailureMessage()).contains("session").contains("WindowKeyQuery");
    }

    @Test
    void shouldAnswerOnlyUpToTheBound() {
        KeyValueStore<String, Long> store = plain();
        store.commit(Map.of());
        PositionBound bound = PositionBound.at(Position.emptyPosition().withComponent("in", 0, 5));
        Query<Long> query = KeyQuery.<String, Long>withKey("a");
        assertThat(store.query(query, bound, new QueryConfig(false)).getFailureReason())
                .isEqualTo(FailureReason.NOT_UP_TO_BOUND);
        position = Position.emptyPosition().withComponent("in", 0, 4);
        assertThat(store.query(query, bound, new QueryConfig(false)).getFailureMessage())
                .contains("in={0=4}")
                .contains("in={0=5}");
        position = Position.emptyPosition().withComponent("in", 0, 5);
        QueryResult<Long> result = store.query(query, bound, new QueryConfig(true));
        assertThat(result.getResult()).isEqualTo(1L);
        assertThat(result.getPosition()).isEqualTo(position).isEqualTo(store.getPosition());
        assertThat(result.getExecutionInfo()).singleElement().asString().contains("answered");
    }

    @Test
    void shouldNotMindABoundOnPartitionsOfOtherTasks() {
        KeyValueStore<String, Long> store = plain();
        store.commit(Map.of());
        PositionBound bound = PositionBound.at(Position.emptyPosition().withComponent("in", 1, 5));
        assertThat(store.query(KeyQuery.<String, Long>withKey("a"), bound, new QueryConfig(false))
                        .getResult())
                .isEqualTo(1L);
    }

    @Test
    void shouldTellAFailureOfTheStore() {
        KeyValueStore<String, Long> store = plain();
        store.close();
        QueryResult<Long> result = ask(store, KeyQuery.<String, Long>withKey("a"));
        assertThat(result.getFailureReason()).isEqualTo(FailureReason.STORE_EXCEPTION);
        assertThat(result.getFailureMessage()).contains("is not open");
    }
}
