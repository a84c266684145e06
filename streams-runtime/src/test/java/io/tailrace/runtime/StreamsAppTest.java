package io.tailrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.config.ConfigException;
import io.tailrace.errors.LockException;
import io.tailrace.errors.MissingSourceTopicException;
import io.tailrace.errors.StreamsException;
import io.tailrace.errors.StreamsNotStartedException;
import io.tailrace.errors.StreamsStoppedException;
import io.tailrace.errors.handler.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.ConsumerRecords;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetResetPolicy;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.processor.StateRestoreListener;
import io.tailrace.processor.api.ContextualProcessor;
import io.tailrace.processor.api.Record;
import io.tailrace.runtime.StreamsApp.State;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.runtime.query.QueryableStoreTypes;
import io.tailrace.runtime.query.StoreQueryParameters;
import io.tailrace.serde.Serdes;
import io.tailrace.serde.StringDeserializer;
import io.tailrace.serde.StringSerializer;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.ReadOnlyKeyValueStore;
import io.tailrace.stores.Stores;
import io.tailrace.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StreamsAppTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path dir = Path.of("replaced by JUnit");

    private final EmbeddedLog log = EmbeddedLog.inMemory();
    private final AtomicInteger failures = new AtomicInteger();
    private final Set<String> threads = new ConcurrentSkipListSet<>();

    @BeforeEach
    void createInput() {
        log.admin().createTopic(new NewTopic("in", 4));
    }

    @AfterEach
    void closeLog() {
        log.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .noneMatch(name -> name.startsWith("app-"));
    }

    /** Counts per key in store "counts"; fails on "fail" as often as {@link #failures} says. */
    private final class Counter extends ContextualProcessor<String, String, String, String> {
        @Override
        public void process(Record<String, String> record) {
            threads.add(Thread.currentThread().getName());
            if ("fail".equals(record.value()) && failures.getAndDecrement() > 0) {
                throw new IllegalStateException("told to fail");
            }
            KeyValueStore<String, Long> counts = context().getStateStore("counts");
            String key = Objects.requireNonNull(record.key());
            Long before = counts.get(key);
            long now = before == null ? 1 : before + 1;
            counts.put(key, now);
            context().forward(record.withValue(key + "=" + now));
        }
    }

    private Topology counting() {
        return new Topology()
                .addSource("source", "in")
                .addProcessor("count", Counter::new, "source")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore("counts"), Serdes.String(), Serdes.Long()),
                        "count")
                .addSink("sink", "out", "count");
    }

    private StreamsConfig.Builder config() {
        return StreamsConfig.builder()
                .applicationId("app")
                .stateDir(dir)
                .numStreamThreads(2)
                .defaultKeySerde(Serdes.String())
                .defaultValueSerde(Serdes.String());
    }

    private StreamsApp app() {
        return new StreamsApp(counting(), config().build(), log);
    }

    private static void send(EventLog log, String... keysAndValues) {
        try (Producer<String, String> producer =
                log.newProducer(ProducerConfig.DEFAULT, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < keysAndValues.length; i += 2) {
                producer.post(new ProducerRecord<>("in", null, (long) i, keysAndValues[i], keysAndValues[i + 1]));
            }
        }
    }

    private static List<String> results(EventLog log) {
        List<String> values = new ArrayList<>();
        try (Consumer<String, String> consumer = log.newConsumer(
                ConsumerConfig.DEFAULT.withAutoOffsetReset(OffsetResetPolicy.EARLIEST),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(log.admin().describeTopic("out").topicPartitions());
            for (ConsumerRecords<String, String> records = consumer.poll(Duration.ZERO);
                    !records.isEmpty();
                    records = consumer.poll(Duration.ZERO)) {
                for (ConsumerRecord<String, String> record : records) {
                    values.add(record.value());
                }
            }
        }
        return values;
    }

    private static StoreQueryParameters<ReadOnlyKeyValueStore<String, Long>> counts() {
        return StoreQueryParameters.fromNameAndType("counts", QueryableStoreTypes.keyValueStore());
    }

    @Test
    void shouldProcessEverythingAndCommitIt() {
        send(log, "a", "1", "b", "2", "c", "3", "a", "4");
        try (StreamsApp app = app()) {
            app.start();
            assertThat(app.awaitIdle(LONG)).isTrue();

            assertThat(app.state()).isEqualTo(State.RUNNING);
            assertThat(app.caughtUp()).isTrue();
            assertThat(results(log)).containsExactlyInAnyOrder("a=1", "b=1", "c=1", "a=2");
        }
    }

    @Test
    void shouldSpreadTasksOverNamedThreads() {
        for (int i = 0; i < 50; i++) {
            send(log, "key" + i, "v");
        }
        try (StreamsApp app = app()) {
            app.start();
            app.awaitIdle(LONG);
        }

        assertThat(threads).containsExactlyInAnyOrder("app-StreamThread-1", "app-StreamThread-2");
    }

    @Test
    void shouldGoThroughTheStatesOfKafkaStreams() {
        List<String> changes = new CopyOnWriteArrayList<>();
        StreamsApp app = app();
        app.setStateListener((now, before) -> changes.add(before + ">" + now));
        assertThat(app.state()).isEqualTo(State.CREATED);
        app.start();
        await().until(() -> app.state() == State.RUNNING);
        app.close();

        assertThat(app.state()).isEqualTo(State.NOT_RUNNING);
        assertThat(changes)
                .containsExactly(
                        "CREATED>REBALANCING",
                        "REBALANCING>RUNNING",
                        "RUNNING>PENDING_SHUTDOWN",
                        "PENDING_SHUTDOWN>NOT_RUNNING");
    }

    @Test
    void shouldBeClosedOnceAndStartedOnce() {
        StreamsApp app = app();
        app.start();
        assertThatThrownBy(app::start)
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("only a CREATED one");
        app.close();
        app.close();
        assertThat(app.close(Duration.ZERO)).isTrue();
        assertThatThrownBy(app::start).isInstanceOf(IllegalStateException.class).hasMessageContaining("NOT_RUNNING");
    }

    @Test
    void shouldCloseWhollyInAnInterruptedThread() {
        StreamsApp app = new StreamsApp(counting(), config().build(), log);
        app.start();
        Thread.currentThread().interrupt();
        app.close();

        assertThat(Thread.interrupted()).isTrue();
        assertThat(app.state()).isEqualTo(StreamsApp.State.NOT_RUNNING);
    }

    @Test
    void shouldSayWhereAndHowToFixASerdeThatDoesNotFit() {
        Topology topology = new Topology()
                .addSource("source", "in")
                .addSink(
                        "sink",
                        "out",
                        Serdes.String().serializer(),
                        Serdes.Long().serializer(),
                        "source");
        List<Throwable> failed = new CopyOnWriteArrayList<>();
        try (StreamsApp app = new StreamsApp(topology, config().build(), log)) {
            app.setUncaughtExceptionHandler(e -> {
                failed.add(e);
                return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
            });
            send(log, "k", "text");
            app.start();
            assertThatThrownBy(() -> app.awaitIdle(LONG)).isInstanceOf(StreamsException.class);
        }
        assertThat(failed).singleElement().satisfies(failure -> assertThat(failure)
                .hasMessageMatching("task 0_[0-3], sink sink, in-[0-3]@0: .*give the sink serdes.*"));
    }

    @Test
    void shouldCloseWithoutEverBeingStarted() {
        StreamsApp app = app();
        app.close();

        assertThat(app.state()).isEqualTo(State.NOT_RUNNING);
    }

    @Test
    void shouldResumeWithStateAfterARestart() {
        send(log, "a", "1");
        try (StreamsApp app = app()) {
            app.start();
            app.awaitIdle(LONG);
        }
        send(log, "a", "2");
        try (StreamsApp app = app()) {
            app.start();
            app.awaitIdle(LONG);
        }

        assertThat(results(log)).containsExactly("a=1", "a=2");
    }

    @Test
    void shouldRestoreAfterCleanUp() {
        List<String> restored = new CopyOnWriteArrayList<>();
        send(log, "a", "1");
        StreamsApp first = app();
        first.start();
        first.awaitIdle(LONG);
        assertThatThrownBy(first::cleanUp).isInstanceOf(IllegalStateException.class);
        first.close();
        first.cleanUp();
        send(log, "a", "2");
        try (StreamsApp app = app()) {
            app.setGlobalStateRestoreListener(new StateRestoreListener() {
                @Override
                public void onRestoreStart(TopicPartition partition, String store, long start, long end) {}

                @Override
                public void onBatchRestored(TopicPartition partition, String store, long batchEnd, long count) {}

                @Override
                public void onRestoreEnd(TopicPartition partition, String store, long total) {
                    restored.add(store + " " + total);
                }
            });
            app.start();
            app.awaitIdle(LONG);
        }

        assertThat(results(log)).containsExactly("a=1", "a=2");
        assertThat(restored).containsExactly("counts 1");
    }

    @Test
    void shouldAnswerQueriesFromAnotherThread() {
        send(log, "a", "1", "b", "2", "a", "3");
        StreamsApp app = app();
        assertThatThrownBy(() -> app.store(counts())).isInstanceOf(StreamsNotStartedException.class);
        app.start();
        app.awaitIdle(LONG);
        ReadOnlyKeyValueStore<String, Long> store = app.store(counts());

        assertThat(store.get("a")).isEqualTo(2L);
        assertThat(store.get("b")).isEqualTo(1L);
        app.close();
        assertThatThrownBy(() -> app.store(counts()))
                .isInstanceOf(StreamsStoppedException.class)
                .hasMessageContaining("NOT_RUNNING");
    }

    @Test
    void shouldShutDownAfterAFailureByDefault() {
        failures.set(1);
        send(log, "a", "fail");
        StreamsApp app = app();
        app.start();
        await().until(() -> app.state() == State.ERROR);

        assertThatThrownBy(() -> app.awaitIdle(LONG))
                .isInstanceOf(StreamsException.class)
                .hasMessageContaining("processor count")
                .hasMessageContaining("told to fail");
        assertThat(app.close(LONG)).isTrue();
        assertThat(app.state()).isEqualTo(State.ERROR);
    }

    @Test
    void shouldWakeWhoeverWaitsForIdlenessWhenTheApplicationFails() {
        failures.set(1);
        StreamsApp app = app();
        app.start();
        app.awaitIdle(LONG);
        send(log, "a", "fail");

        assertThatThrownBy(() -> app.awaitIdle(LONG)).isInstanceOf(StreamsException.class);
        app.close();
    }

    @Test
    void shouldGoOnAtTheLastCommitWhenTheThreadIsReplaced() {
        failures.set(2);
        List<String> seen = new CopyOnWriteArrayList<>();
        List<String> changes = new CopyOnWriteArrayList<>();
        try (StreamsApp app = app()) {
            app.setUncaughtExceptionHandler(failure -> {
                seen.add(String.valueOf(failure.getMessage()));
                return StreamThreadExceptionResponse.REPLACE_THREAD;
            });
            app.setStateListener((now, before) -> changes.add(now.name()));
            app.start();
            send(log, "a", "1");
            app.awaitIdle(LONG);
            send(log, "a", "fail", "b", "2");
            assertThat(app.awaitIdle(LONG)).isTrue();

            assertThat(app.store(counts()).get("a")).isEqualTo(2L);
            assertThat(app.store(counts()).get("b")).isEqualTo(1L);
        }
        assertThat(seen).hasSize(2).allMatch(message -> message.contains("told to fail"));
        assertThat(changes).contains("RUNNING", "REBALANCING").endsWith("PENDING_SHUTDOWN", "NOT_RUNNING");
    }

    @Test
    void shouldShutDownWhenTheHandlerSaysSoOrFails() {
        failures.set(1);
        send(log, "a", "fail");
        StreamsApp app = app();
        app.setUncaughtExceptionHandler(failure -> StreamThreadExceptionResponse.SHUTDOWN_APPLICATION);
        app.start();
        await().until(() -> app.state() == State.ERROR);
        app.close();

        failures.set(1);
        StreamsApp second = app();
        second.setUncaughtExceptionHandler(failure -> {
            throw new IllegalArgumentException("handler");
        });
        second.start();
        await().until(() -> second.state() == State.ERROR);
        second.close();
    }

    @Test
    void shouldLetTheStateListenerCloseTheApplication() {
        failures.set(1);
        send(log, "a", "fail");
        StreamsApp app = app();
        app.setStateListener((now, before) -> {
            if (now == State.ERROR || now == State.PENDING_ERROR) {
                app.close(Duration.ZERO);
            }
        });
        app.start();
        await().until(() -> app.state() == State.ERROR);
    }

    @Test
    void shouldRefuseListenersAfterTheStart() {
        try (StreamsApp app = app()) {
            app.start();
            assertThatThrownBy(() -> app.setStateListener((now, before) -> {}))
                    .isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> app.setGlobalStateRestoreListener(null)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void shouldFailToStartWithoutItsSourceTopics() {
        StreamsApp app = new StreamsApp(
                new Topology().addSource("source", "gone").addSink("sink", "out", "source"), config().build(), log);

        assertThatThrownBy(app::start)
                .isInstanceOf(MissingSourceTopicException.class)
                .hasMessageContaining("[gone]");
        assertThat(app.state()).isEqualTo(State.ERROR);
        app.close();
        new StreamsApp(counting(), config().build(), log).close();
    }

    @Test
    void shouldRefuseToStartTwiceUnderOneId() {
        try (StreamsApp app = app();
                StreamsApp second = app()) {
            app.start();
            assertThatThrownBy(second::start)
                    .isInstanceOf(LockException.class)
                    .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
        }
    }

    @Test
    void shouldGiveUpWaitingForIdlenessInTime() {
        try (StreamsApp app = app()) {
            assertThatThrownBy(() -> app.awaitIdle(LONG)).isInstanceOf(IllegalStateException.class);
            assertThat(app.caughtUp()).isFalse();
            app.start();
            assertThat(app.awaitIdle(LONG)).isTrue();
        }
    }

    @Test
    void shouldOpenAndCloseALogOfItsOwn() {
        Properties properties = new Properties();
        properties.put("application.id", "app");
        properties.put("log.dir", dir.resolve("log").toString());
        properties.put("default.key.serde", Serdes.StringSerde.class);
        properties.put("default.value.serde", Serdes.StringSerde.class);
        try (StreamsApp app = new StreamsApp(counting(), properties)) {
            app.log().admin().createTopic(new NewTopic("in", 2));
            send(app.log(), "a", "1");
            app.start();
            app.awaitIdle(LONG);
        }

        try (EmbeddedLog reopened = EmbeddedLog.open(dir.resolve("log"))) {
            assertThat(results(reopened)).containsExactly("a=1");
        }
        assertThat(dir.resolve("log").resolve("state").resolve("app")).isDirectory();
    }

    @Test
    void shouldAskForADirectoryWhenItHasToOpenALog() {
        assertThatThrownBy(() -> new StreamsApp(counting(), config().build()))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("'log.dir' is not set");
    }

    @Test
    void shouldProcessWhatArrivesWhileItRuns() {
        try (StreamsApp app = app()) {
            app.start();
            for (int round = 1; round <= 20; round++) {
                send(log, "a", "v", "b", "v");
                assertThat(app.awaitIdle(LONG)).isTrue();
                assertThat(app.store(counts()).get("a")).isEqualTo(round);
            }
        }
    }
}
