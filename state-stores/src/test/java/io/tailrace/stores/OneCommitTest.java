package io.tailrace.stores;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.processor.StateStore;
import io.tailrace.query.PositionBound;
import io.tailrace.query.Query;
import io.tailrace.query.QueryConfig;
import io.tailrace.serde.Serdes;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.VersionedBytesStoreSupplier;
import io.tailrace.state.VersionedKeyValueStore;
import io.tailrace.state.VersionedRecord;
import io.tailrace.state.VersionedRecordIterator;
import io.tailrace.state.WindowBytesStoreSupplier;
import io.tailrace.state.WindowStore;
import io.tailrace.state.Windowed;
import io.tailrace.state.query.MultiVersionedKeyQuery;
import io.tailrace.state.query.WindowRangeQuery;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A query that looks at several places of a store sees one commit, while the owner commits on. */
class OneCommitTest {
    private static final int COMMITS = 400;
    private static final long FAR_MS = 600_000; // in another segment
    private static final Duration RETENTION = Duration.ofMinutes(20);

    @TempDir
    Path dir = Path.of("replaced by JUnit");

    @Test
    void shouldSeeOneCommitInSeveralSegmentsInMemory() throws Exception {
        windows(Stores.inMemoryWindowStore("w", RETENTION, Duration.ofMillis(10), false));
    }

    @Test
    void shouldSeeOneCommitInSeveralSegmentsOfRocksDb() throws Exception {
        windows(Stores.persistentWindowStore("w", RETENTION, Duration.ofMillis(10), false));
    }

    /** Each commit writes the same number to three windows, and opens a new one. */
    private void windows(WindowBytesStoreSupplier supplier) throws Exception {
        WindowStore<String, Integer> store =
                opened(Stores.windowStoreBuilder(supplier, Serdes.String(), Serdes.Integer())
                        .build());
        commitWhileReading(
                store,
                number -> {
                    store.put("a", number, 0);
                    store.put("b", number, 0);
                    store.put("a", number, FAR_MS + number);
                },
                () -> requireOneNumberPerCommit(store));
    }

    private static void requireOneNumberPerCommit(WindowStore<String, Integer> store) {
        Set<Integer> first = new HashSet<>();
        int newest = 0;
        try (KeyValueIterator<Windowed<String>, Integer> all = answer(
                store,
                WindowRangeQuery.<String, Integer>withWindowStartRange(
                        Instant.EPOCH, Instant.ofEpochMilli(FAR_MS * 2)))) {
            while (all.hasNext()) {
                var entry = all.next();
                int number = Objects.requireNonNull(entry.value);
                if (Objects.requireNonNull(entry.key).window().start() == 0) {
                    first.add(number);
                } else {
                    newest = Math.max(newest, number);
                }
            }
        }
        assertThat(first).hasSizeLessThan(2);
        assertThat(first.isEmpty() ? 0 : first.iterator().next()).isEqualTo(newest);
    }

    @Test
    void shouldSeeAHistoryWithoutGapsInMemory() throws Exception {
        versions(Stores.inMemoryVersionedKeyValueStore("v", RETENTION));
    }

    @Test
    void shouldSeeAHistoryWithoutGapsInRocksDb() throws Exception {
        versions(Stores.persistentVersionedKeyValueStore("v", RETENTION));
    }

    private void versions(VersionedBytesStoreSupplier supplier) throws Exception {
        VersionedKeyValueStore<String, Integer> store =
                opened(Stores.versionedKeyValueStoreBuilder(supplier, Serdes.String(), Serdes.Integer())
                        .build());
        commitWhileReading(store, number -> store.put("a", number, number * 1_000L), () -> requireNoGap(store));
    }

    private static void requireNoGap(VersionedKeyValueStore<String, Integer> store) {
        List<VersionedRecord<Integer>> history = new ArrayList<>();
        try (VersionedRecordIterator<Integer> versions = answer(
                store, MultiVersionedKeyQuery.<String, Integer>withKey("a").withAscendingTimestamps())) {
            versions.forEachRemaining(history::add);
        }
        for (int i = 0; i < history.size(); i++) {
            boolean last = i == history.size() - 1;
            assertThat(history.get(i).validTo().orElse(-1L))
                    .isEqualTo(last ? -1 : history.get(i + 1).timestamp());
        }
    }

    private static <R> R answer(StateStore store, Query<R> query) {
        return Objects.requireNonNull(store.query(query, PositionBound.unbounded(), new QueryConfig(false))
                .getResult());
    }

    private <S extends StateStore> S opened(S store) {
        store.init(new TestContext(dir), store);
        return store;
    }

    private static void commitWhileReading(StateStore store, IntConsumer write, Runnable read) throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        ExecutorService readers = Executors.newFixedThreadPool(2);
        Callable<Integer> reader = () -> {
            int reads = 0;
            while (!done.get() || reads == 0) {
                read.run();
                reads++;
            }
            return reads;
        };
        List<Future<Integer>> reading = List.of(readers.submit(reader), readers.submit(reader));
        try {
            for (int number = 1; number <= COMMITS; number++) {
                write.accept(number);
                store.commit(Map.of());
            }
        } finally {
            done.set(true);
            readers.shutdown();
        }
        for (Future<Integer> future : reading) {
            assertThat(future.get()).isPositive();
        }
        store.close();
    }
}
