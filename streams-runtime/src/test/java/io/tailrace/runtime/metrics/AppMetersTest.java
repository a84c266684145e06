package io.tailrace.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tailrace.common.ProducerRecord;
import io.tailrace.errors.handler.LogAndContinueProcessingExceptionHandler;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.processor.api.ContextualProcessor;
import io.tailrace.processor.api.Record;
import io.tailrace.processor.api.RecordDrops;
import io.tailrace.runtime.StreamsApp;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.serde.Serdes;
import io.tailrace.serde.StringSerializer;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.SessionStore;
import io.tailrace.state.SessionWindow;
import io.tailrace.state.VersionedKeyValueStore;
import io.tailrace.state.WindowStore;
import io.tailrace.state.Windowed;
import io.tailrace.stores.Stores;
import io.tailrace.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application reports of itself. */
class AppMetersTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    Path dir = Path.of("replaced by JUnit");

    private final EmbeddedLog log = EmbeddedLog.inMemory();
    private final MeterRegistry registry = new SimpleMeterRegistry();

    @BeforeEach
    void createInput() {
        log.admin().createTopic(new NewTopic("in", 2));
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    private static final class Keeper extends ContextualProcessor<String, String, Void, Void> {
        @Override
        public void process(Record<String, String> record) {
            if ("fail".equals(record.value())) {
                throw new IllegalStateException("told to fail");
            }
            if ("late".equals(record.value())) {
                ((RecordDrops) context()).late();
                return;
            }
            KeyValueStore<String, String> store = context().getStateStore("last");
            store.put(Objects.requireNonNull(record.key()), record.value());
        }
    }

    private StreamsApp app() {
        Topology topology = new Topology()
                .addSource("source", "in")
                .addProcessor("keep", Keeper::new, "source")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore("last"), Serdes.String(), Serdes.String()),
                        "keep");
        StreamsConfig config = StreamsConfig.builder()
                .applicationId("app")
                .stateDir(dir)
                .numStreamThreads(2)
                .processingExceptionHandler(LogAndContinueProcessingExceptionHandler.class)
                .defaultKeySerde(Serdes.String())
                .defaultValueSerde(Serdes.String())
                .build();
        return new StreamsApp(topology, config, log);
    }

    private void send(String... values) {
        try (Producer<String, String> producer =
                log.newProducer(ProducerConfig.DEFAULT, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < values.length; i++) {
                producer.post(new ProducerRecord<>("in", i % 2, "key-" + i, values[i]));
            }
        }
    }

    private double sum(String meter) {
        return registry.find(meter).meters().stream()
                .flatMap(found -> {
                    var values = new ArrayList<Double>();
                    found.measure().forEach(measurement -> values.add(measurement.getValue()));
                    return values.stream().limit(1);
                })
                .mapToDouble(Double::doubleValue)
                .sum();
    }

    @Test
    void shouldCountRecordsCommitsAndEntries() {
        try (StreamsApp app = app()) {
            app.setMeterRegistry(registry);
            app.start();
            send("a", "b", "fail", "late", "c");
            assertThat(app.awaitIdle(LONG)).isTrue();
            assertThat(sum("tailrace.records.processed")).isEqualTo(5);
            assertThat(sum("tailrace.records.dropped")).isEqualTo(1);
            assertThat(sum("tailrace.records.late")).isEqualTo(1);
            assertThat(sum("tailrace.commits")).isGreaterThanOrEqualTo(1);
            assertThat(sum("tailrace.lag")).isZero();
            assertThat(sum("tailrace.store.entries")).isEqualTo(3);
            assertThat(sum("tailrace.store.bytes")).isPositive();
            assertThat(sum("tailrace.workers")).isEqualTo(2);
            assertThat(registry.getMeters())
                    .allMatch(meter -> "app".equals(meter.getId().getTag("application")));

            app.addStreamThread();
            app.removeStreamThread();
            send("d");
            assertThat(app.awaitIdle(LONG)).isTrue();
            assertThat(sum("tailrace.records.processed"))
                    .as("tasks that move keep their counts")
                    .isEqualTo(6);
        }
    }

    /** Writes each record to a store of every kind. */
    private static final class Sizes extends ContextualProcessor<String, String, Void, Void> {
        @Override
        public void process(Record<String, String> record) {
            String key = Objects.requireNonNull(record.key());
            WindowStore<String, String> windows = context().getStateStore("windows");
            windows.put(key, record.value(), 1_000);
            SessionStore<String, String> sessions = context().getStateStore("sessions");
            sessions.put(new Windowed<>(key, new SessionWindow(1_000, 2_000)), record.value());
            VersionedKeyValueStore<String, String> versions = context().getStateStore("versions");
            versions.put(key, record.value(), 1_000);
        }
    }

    @Test
    void shouldTellTheSizeOfEveryKindOfStore() {
        Duration day = Duration.ofDays(1);
        Topology topology = new Topology()
                .addSource("source", "in")
                .addProcessor("sizes", Sizes::new, "source")
                .addStateStore(
                        Stores.windowStoreBuilder(
                                Stores.persistentWindowStore("windows", day, Duration.ofMinutes(1), false),
                                Serdes.String(),
                                Serdes.String()),
                        "sizes")
                .addStateStore(
                        Stores.sessionStoreBuilder(
                                Stores.inMemorySessionStore("sessions", day), Serdes.String(), Serdes.String()),
                        "sizes")
                .addStateStore(
                        Stores.versionedKeyValueStoreBuilder(
                                Stores.persistentVersionedKeyValueStore("versions", day),
                                Serdes.String(),
                                Serdes.String()),
                        "sizes");
        StreamsConfig config = StreamsConfig.builder()
                .applicationId("sizes")
                .stateDir(dir)
                .defaultKeySerde(Serdes.String())
                .defaultValueSerde(Serdes.String())
                .build();
        try (StreamsApp app = new StreamsApp(topology, config, log)) {
            app.setMeterRegistry(registry);
            app.start();
            send("a", "b", "c");
            assertThat(app.awaitIdle(LONG)).isTrue();
            for (String store : List.of("windows", "sessions", "versions")) {
                assertThat(registry.get("tailrace.store.entries")
                                .tag("store", store)
                                .gauge()
                                .value())
                        .as(store)
                        .isEqualTo(3);
                assertThat(registry.get("tailrace.store.bytes")
                                .tag("store", store)
                                .gauge()
                                .value())
                        .as(store)
                        .isGreaterThan(3 * "key-0".length());
            }
        }
    }

    @Test
    void shouldShowTheLagOfAPausedApplication() {
        try (StreamsApp app = app()) {
            app.setMeterRegistry(registry);
            app.start();
            send("a", "b");
            assertThat(app.awaitIdle(LONG)).isTrue();
            app.pause();
            send("a", "b", "c");
            assertThat(sum("tailrace.lag")).isEqualTo(3);
            app.resume();
        }
    }

    @Test
    void shouldCountRestoredRecords() {
        try (StreamsApp app = app()) {
            app.start();
            send("a", "b", "c");
            assertThat(app.awaitIdle(LONG)).isTrue();
        }
        try (StreamsApp app = app()) {
            app.setMeterRegistry(registry);
            app.start();
            assertThat(app.awaitIdle(LONG)).isTrue();
            assertThat(sum("tailrace.restore.records")).isEqualTo(3);
            assertThat(sum("tailrace.restore.active")).isZero();
        }
    }

    @Test
    void shouldLeaveNoMeterBehind() {
        StreamsApp app = app();
        app.setMeterRegistry(registry);
        app.start();
        assertThat(app.awaitIdle(LONG)).isTrue();
        assertThatThrownBy(() -> app.setMeterRegistry(null)).isInstanceOf(IllegalStateException.class);
        app.close();
        assertThat(registry.getMeters()).extracting(Meter::getId).isEmpty();
    }
}
