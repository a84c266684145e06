package io.tailrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.TimeoutException;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.processor.StateRestoreListener;
import io.tailrace.processor.api.ContextualProcessor;
import io.tailrace.processor.api.ProcessorContext;
import io.tailrace.processor.api.Record;
import io.tailrace.runtime.CloseOptions.GroupMembershipOperation;
import io.tailrace.runtime.StreamsApp.State;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.runtime.query.QueryableStoreTypes;
import io.tailrace.runtime.query.StoreQueryParameters;
import io.tailrace.serde.Serdes;
import io.tailrace.serde.StringSerializer;
import io.tailrace.state.KeyValueBytesStoreSupplier;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.ReadOnlyKeyValueStore;
import io.tailrace.stores.Stores;
import io.tailrace.topology.Topology;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pausing, workers that come and go, topics that appear, several applications. */
class LifecycleTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path dir = Path.of("replaced by JUnit");

    private final EmbeddedLog log = EmbeddedLog.inMemory();
    private final Map<Integer, String> threadByPartition = new ConcurrentHashMap<>();
    private final AtomicInteger inits = new AtomicInteger();

    @BeforeEach
    void createInput() {
        log.admin().createTopic(new NewTopic("in", 4));
    }

    @AfterEach
    void closeLog() {
        log.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("app"));
    }

    /** Counts per key in a store that nothing could restore. */
    private final class Counter extends ContextualProcessor<String, String, Void, Void> {
        @Override
        public void init(ProcessorContext<Void, Void> context) {
            super.init(context);
            inits.incrementAndGet();
        }

        @Override
        public void process(Record<String, String> record) {
            threadByPartition.put(
                    context().taskId().partition(), Thread.currentThread().getName());
            KeyValueStore<String, Long> counts = context().getStateStore("counts");
            String key = Objects.requireNonNull(record.key());
            Long before = counts.get(key);
            counts.put(key, before == null ? 1 : before + 1);
        }
    }

    private Topology counting() {
        return new Topology()
                .addSource("source", "in")
                .addProcessor("count", Counter::new, "source")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.inMemoryKeyValueStore("counts"), Serdes.String(), Serdes.Long())
                                .withLoggingDisabled(),
                        "count");
    }

    private StreamsConfig.Builder config(String id, int threads) {
        return StreamsConfig.builder()
                .applicationId(id)
                .stateDir(dir)
                .numStreamThreads(threads)
                .defaultKeySerde(Serdes.String())
                .defaultValueSerde(Serdes.String());
    }

    private StreamsApp app(int threads) {
        return new StreamsApp(counting(), config("app", threads).build(), log);
    }

    private void send(String topic, int from, int to) {
        try (Producer<String, String> producer =
                log.newProducer(ProducerConfig.DEFAULT, new StringSerializer(), new StringSerializer())) {
            for (int i = from; i < to; i++) {
                producer.post(new ProducerRecord<>(topic, "key-" + i % 20, "v"));
            }
        }
    }

    private static long counted(StreamsApp app) {
        ReadOnlyKeyValueStore<String, Long> counts = app.store(
                StoreQueryParameters.fromNameAndType("counts", QueryableStoreTypes.<String, Long>keyValueStore()));
        long sum = 0;
        for (int i = 0; i < 20; i++) {
            Long count = counts.get("key-" + i);
            sum += count == null ? 0 : count;
        }
        return sum;
    }

    @Test
    void shouldProcessNothingWhilePaused() {
        try (StreamsApp app = app(2)) {
            app.pause();
            assertThat(app.isPaused()).isTrue();
            app.start();
            send("in", 0, 100);
            assertThat(app.awaitIdle(Duration.ofMillis(50))).isFalse();
            await().atMost(LONG).until(() -> app.state() == State.RUNNING);
            assertThat(threadByPartition).isEmpty();

            app.resume();
            assertThat(app.isPaused()).isFalse();
            assertThat(app.awaitIdle(LONG)).isTrue();
            assertThat(counted(app)).isEqualTo(100);

            app.pause();
            app.resume();
            send("in", 100, 200);
            assertThat(app.awaitIdle(LONG)).isTrue();
            assertThat(counted(app)).isEqualTo(200);
        }
    }

    @Test
    void shouldShareTasksWithAnAddedThreadWithoutLosingTheirState() {
        List<String> states = new CopyOnWriteArrayList<>();
        try (StreamsApp app = app(1)) {
            app.setStateListener((now, before) -> states.add(now.name()));
            app.start();
            send("in", 0, 200);
            assertThat(app.awaitIdle(LONG)).isTrue();
            assertThat(Set.copyOf(threadByPartition.values())).containsExactly("app-StreamThread-1");

            assertThat(app.addStreamThread()).contains("app-StreamThread-2");
            send("in", 200, 400);
            assertThat(app.awaitIdle(LONG)).isTrue();
            assertThat(Set.copyOf(threadByPartition.values()))
                    .containsExactlyInAnyOrder("app-StreamThread-1", "app-StreamThread-2");
            assertThat(counted(app)).isEqualTo(400);
            assertThat(inits).as("processors stay open, too").hasValue(4);
            assertThat(states).containsExactly("REBALANCING", "RUNNING", "REBALANCING", "RUNNING");
        }
    }

    @Test
    void shouldGiveTheTasksOfARemovedThreadToTheOthers() {
        try (StreamsApp app = app(2)) {
            app.start();
            send("in", 0, 200);
            assertThat(app.awaitIdle(LONG)).isTrue();

            assertThat(app.removeStreamThread()).contains("app-StreamThread-2");
            send("in", 200, 400);
            assertThat(app.awaitIdle(LONG)).isTrue();
            assertThat(Set.copyOf(threadByPartition.values())).containsExactly("app-StreamThread-1");
            assertThat(counted(app)).isEqualTo(400);
        }
    }

    @Test
    void shouldKeepStateWhileThereIsNoThread() {
        try (StreamsApp app = app(1)) {
            app.start();
            send("in", 0, 200);
            assertThat(app.awaitIdle(LONG)).isTrue();
            assertThat(app.removeStreamThread(LONG)).contains("app-StreamThread-1");
            assertThat(app.removeStreamThread()).isEmpty();
            assertThat(counted(app)).isEqualTo(200);

            send("in", 200, 300);
            assertThat(app.addStreamThread()).contains("app-StreamThread-1");
            assertThat(app.awaitIdle(LONG)).isTrue();
            assertThat(counted(app)).isEqualTo(300);
            assertThat(app.removeStreamThread()).isPresent();
        } // closes without threads
    }

    @Test
    void shouldLetAThreadWithoutTasksWait() {
        try (StreamsApp app = app(4)) {
            app.start();
            assertThat(app.addStreamThread()).contains("app-StreamThread-5");
            send("in", 0, 100);
            assertThat(app.awaitIdle(LONG)).isTrue();
            assertThat(app.state()).isEqualTo(State.RUNNING);
            assertThat(app.removeStreamThread()).contains("app-StreamThread-5");
            assertThat(counted(app)).isEqualTo(100);
        }
    }

    @Test
    void shouldMoveTasksWhileRecordsKeepComing() throws InterruptedException {
        try (StreamsApp app = app(2)) {
            app.start();
            Thread sender = new Thread(() -> {
                for (int i = 0; i < 50; i++) {
                    send("in", i * 100, i * 100 + 100);
                }
            });
            sender.start();
            for (int i = 0; i < 10; i++) {
                assertThat(app.addStreamThread()).isPresent();
                assertThat(app.removeStreamThread()).isPresent();
            }
            sender.join();
            assertThat(app.awaitIdle(LONG)).isTrue();
            assertThat(counted(app)).isEqualTo(5000);
        }
    }

    @Test
    void shouldMoveTasksWhoseStoresHaveCaches() throws InterruptedException {
        Topology topology = new Topology()
                .addSource("source", "in")
                .addProcessor("count", Counter::new, "source")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                        Stores.persistentKeyValueStore("counts"), Serdes.String(), Serdes.Long())
                                .withCachingEnabled(),
                        "count");
        StreamsConfig config = config("app", 2)
                .set("statestore.cache.max.bytes", 2_000) // a few entries: workers evict all the time
                .build();
        SimpleMeterRegistry registry = new SimpleMeterRegistry();
        try (StreamsApp app = new StreamsApp(topology, config, log)) {
            app.setMeterRegistry(registry);
            app.start();
            Thread sender = new Thread(() -> {
                for (int i = 0; i < 30; i++) {
                    send("in", i * 100, i * 100 + 100);
                }
            });
            sender.start();
            for (int i = 0; i < 5; i++) {
                assertThat(app.addStreamThread()).isPresent();
                assertThat(app.removeStreamThread()).isPresent();
            }
            sender.join();
            assertThat(app.awaitIdle(LONG)).isTrue();
            assertThat(counted(app)).isEqualTo(3000);
            assertThat(registry.find("tailrace.cache.gets").functionCounters().stream()
                            .mapToDouble(FunctionCounter::count)
                            .sum())
                    .isEqualTo(3000);
        }
    }

    @Test
    void shouldRemoveAThreadThatIsRestoring() throws InterruptedException {
        Topology topology = counting(Stores.inMemoryKeyValueStore("counts"));
        StreamsConfig config = config("app", 2).build();
        try (StreamsApp app = new StreamsApp(topology, config, log)) {
            app.start();
            send("in", 0, 200);
            assertThat(app.awaitIdle(LONG)).isTrue();
        }
        HeldRestore restore = new HeldRestore();
        try (StreamsApp app = new StreamsApp(topology, config, log)) {
            app.setGlobalStateRestoreListener(restore);
            app.start();
            restore.awaitBegin();
            try {
                app.removeStreamThread(Duration.ZERO);
            } catch (TimeoutException e) { // unless it had nothing to restore, it is still waiting
                assertThat(e).hasMessageContaining("app-StreamThread-2");
            }
            restore.goOn();
            send("in", 200, 300);
            assertThat(app.awaitIdle(LONG)).isTrue();
            assertThat(counted(app)).isEqualTo(300);
        }
    }

    private Topology counting(KeyValueBytesStoreSupplier counts) {
        return new Topology()
                .addSource("source", "in")
                .addProcessor("count", Counter::new, "source")
                .addStateStore(Stores.keyValueStoreBuilder(counts, Serdes.String(), Serdes.Long()), "count");
    }

    /** A restore that begins, and goes on when it is told to. */
    private static final class HeldRestore implements StateRestoreListener {
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch released = new CountDownLatch(1);

        void awaitBegin() throws InterruptedException {
            assertThat(begun.await(30, TimeUnit.SECONDS)).isTrue();
        }

        void goOn() {
            released.countDown();
        }

        @Override
        public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
            begun.countDown();
            try {
                assertThat(released.await(30, TimeUnit.SECONDS)).isTrue();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }

        @Override
        public void onBatchRestored(TopicPartition partition, String store, long end, long count) {}

        @Override
        public void onRestoreEnd(TopicPartition partition, String store, long total) {}
    }

    /** The first worker has the tasks 0 and 2; the second one restores 1 and 3, and a third one comes. */
    @Test
    void shouldGoOnWithTasksWhileAnotherWorkerRestores() throws Exception {
        Topology topology = counting(Stores.persistentKeyValueStore("counts"));
        StreamsConfig config = config("app", 2).build();
        try (StreamsApp app = new StreamsApp(topology, config, log)) {
            app.start();
            send("in", 0, 200);
            assertThat(app.awaitIdle(LONG)).isTrue();
        }
        for (String task : List.of("0_1", "0_3")) {
            try (Stream<Path> files = Files.walk(dir.resolve("app").resolve(task))) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
        HeldRestore restore = new HeldRestore();
        try (StreamsApp app = new StreamsApp(topology, config, log)) {
            app.setGlobalStateRestoreListener(restore);
            app.start();
            restore.awaitBegin();
            assertThat(app.addStreamThread()).isPresent();
            send("in", 200, 400);
            TopicPartition own = new TopicPartition("in", 0);
            await().until(() ->
                    Objects.requireNonNull(log.admin().committedOffsets("app").get(own))
                                    .offset()
                            == log.admin().endOffsets(List.of(own)).getOrDefault(own, -1L));
            assertThat(app.state()).isEqualTo(State.REBALANCING);
            restore.goOn();
            assertThat(app.awaitIdle(LONG)).isTrue();
            assertThat(counted(app)).isEqualTo(400);
            assertThat(app.metadataForLocalThreads()).hasSize(3).noneMatch(thread -> thread.activeTasks()
                    .isEmpty());
        }
    }

    @Test
    void shouldRemoveAThreadFromAProcessor() {
        AtomicReference<StreamsApp> self = new AtomicReference<>();
        AtomicReference<Optional<String>> removed = new AtomicReference<>(Optional.empty());
        Topology topology = new Topology()
                .addSource("source", "in")
                .addProcessor(
                        "node",
                        () -> new ContextualProcessor<String, String, Void, Void>() {
                            @Override
                            public void process(Record<String, String> record) {
                                if (Objects.requireNonNull(removed.get()).isEmpty()) {
                                    removed.set(
                                            Objects.requireNonNull(self.get()).removeStreamThread());
                                }
                            }
                        },
                        "source");
        try (StreamsApp app = new StreamsApp(topology, config("app", 2).build(), log)) {
            self.set(app);
            app.start();
            send("in", 0, 1);
            assertThat(app.awaitIdle(LONG)).isTrue();
            assertThat(removed.get()).contains("app-StreamThread-2");
        }
    }

    @Test
    void shouldAddNoThreadUnlessItRuns() {
        StreamsApp app = app(1);
        assertThat(app.addStreamThread()).isEmpty();
        assertThat(app.removeStreamThread()).isEmpty();
        app.start();
        app.close();
        assertThat(app.addStreamThread()).isEmpty();
        assertThat(app.removeStreamThread()).isEmpty();
    }

    private Topology reading(Pattern pattern, Map<String, Integer> seen) {
        return new Topology()
                .addSource("source", pattern)
                .addProcessor(
                        "node",
                        () -> new ContextualProcessor<String, String, Void, Void>() {
                            @Override
                            public void process(Record<String, String> record) {
                                seen.merge(
                                        context().recordMetadata().orElseThrow().topic(), 1, Integer::sum);
                            }
                        },
                        "source");
    }

    @Test
    void shouldReadTopicsThatAppearWhileItRuns() {
        Map<String, Integer> seen = new ConcurrentHashMap<>();
        try (StreamsApp app = new StreamsApp(
                reading(Pattern.compile("new-.*"), seen), config("app", 2).build(), log)) {
            app.start();
            assertThat(app.state()).isEqualTo(State.RUNNING);
            log.admin().createTopic(new NewTopic("new-a", 1));
            send("new-a", 0, 10);
            assertThat(app.awaitIdle(LONG)).isTrue();
            assertThat(seen).containsExactly(Map.entry("new-a", 10));

            log.admin().createTopic(new NewTopic("new-b", 3));
            send("new-b", 0, 30);
            send("new-a", 0, 5);
            await().atMost(LONG).until(() -> seen.getOrDefault("new-b", 0) == 30); // found without being asked
            assertThat(app.awaitIdle(LONG)).isTrue();
            assertThat(seen).containsEntry("new-a", 15).containsEntry("new-b", 30);
        }
    }

    @Test
    void shouldRunSeveralApplicationsOnOneLog() {
        Map<String, Integer> seen = new ConcurrentHashMap<>();
        try (StreamsApp first = app(2);
                StreamsApp second = new StreamsApp(
                        reading(Pattern.compile("in"), seen), config("app2", 2).build(), log)) {
            first.start();
            second.start();
            send("in", 0, 500);
            assertThat(first.awaitIdle(LONG)).isTrue();
            assertThat(second.awaitIdle(LONG)).isTrue();
            assertThat(counted(first)).isEqualTo(500);
            assertThat(seen).containsExactly(Map.entry("in", 500));
            assertThat(second.close(LONG)).isTrue();
            send("in", 500, 600);
            assertThat(first.awaitIdle(LONG)).isTrue();
            assertThat(counted(first)).isEqualTo(600);
        }
    }

    @Test
    void shouldCloseWithOptions() {
        StreamsApp app = app(1);
        app.start();
        assertThat(app.close(
                        CloseOptions.timeout(LONG).withGroupMembershipOperation(GroupMembershipOperation.LEAVE_GROUP)))
                .isTrue();
        assertThat(app.state()).isEqualTo(State.NOT_RUNNING);
        assertThat(app.close(CloseOptions.groupMembershipOperation(GroupMembershipOperation.REMAIN_IN_GROUP)))
                .isTrue();
    }

    @Test
    void shouldNotRestoreAStoreThatMoves() {
        List<String> restores = new CopyOnWriteArrayList<>();
        Topology topology = new Topology()
                .addSource("source", "in")
                .addProcessor("count", Counter::new, "source")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore("counts"), Serdes.String(), Serdes.Long()),
                        "count");
        try (StreamsApp app = new StreamsApp(topology, config("app", 1).build(), log)) {
            app.setGlobalStateRestoreListener(new StateRestoreListener() {
                @Override
                public void onRestoreStart(TopicPartition partition, String store, long from, long to) {
                    restores.add(partition.toString());
                }

                @Override
                public void onBatchRestored(TopicPartition partition, String store, long end, long count) {}

                @Override
                public void onRestoreEnd(TopicPartition partition, String store, long total) {}
            });
            app.start();
            send("in", 0, 200);
            assertThat(app.awaitIdle(LONG)).isTrue();
            restores.clear();
            app.addStreamThread();
            send("in", 200, 400);
            assertThat(app.awaitIdle(LONG)).isTrue();
            assertThat(restores).isEmpty();
            assertThat(counted(app)).isEqualTo(400);
        }
    }
}
