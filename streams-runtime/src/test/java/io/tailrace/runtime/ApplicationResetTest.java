package io.tailrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.errors.LockException;
import io.tailrace.errors.TopologyException;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.OffsetReset;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.processor.api.ContextualProcessor;
import io.tailrace.processor.api.Record;
import io.tailrace.query.StateQueryRequest;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.serde.Serdes;
import io.tailrace.serde.StringSerializer;
import io.tailrace.state.KeyValueBytesStoreSupplier;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.query.KeyQuery;
import io.tailrace.stores.Stores;
import io.tailrace.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ApplicationResetTest {
    private static final TopicPartition IN = new TopicPartition("in", 0);

    @TempDir
    Path dir = Path.of("replaced by JUnit");

    private final EmbeddedLog log = EmbeddedLog.inMemory();

    @BeforeEach
    void createInput() {
        log.admin().createTopic(new NewTopic("in", 1));
        try (Producer<String, String> producer =
                log.newProducer(ProducerConfig.DEFAULT, new StringSerializer(), new StringSerializer())) {
            for (int i = 0; i < 3; i++) {
                producer.post(new ProducerRecord<>("in", null, (long) i, "a", "v"));
            }
        }
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    private static final class Counter extends ContextualProcessor<String, String, Void, Void> {
        @Override
        public void process(Record<String, String> record) {
            KeyValueStore<String, Long> counts = context().getStateStore("counts");
            String key = Objects.requireNonNull(record.key());
            Long before = counts.get(key);
            counts.put(key, before == null ? 1 : before + 1);
        }
    }

    private StreamsConfig config(String applicationId) {
        return StreamsConfig.builder()
                .applicationId(applicationId)
                .stateDir(dir)
                .defaultKeySerde(Serdes.String())
                .defaultValueSerde(Serdes.String())
                .build();
    }

    private StreamsApp started(String applicationId) {
        StreamsApp app = new StreamsApp(counting(Stores.persistentKeyValueStore("counts")), config(applicationId), log);
        app.start();
        assertThat(app.awaitIdle(Duration.ofSeconds(30))).isTrue();
        return app;
    }

    private static Topology counting(KeyValueBytesStoreSupplier supplier) {
        return new Topology()
                .addSource("source", "in")
                .addProcessor("counter", Counter::new, "source")
                .addStateStore(Stores.keyValueStoreBuilder(supplier, Serdes.String(), Serdes.Long()), "counter");
    }

    private static Object count(StreamsApp app) {
        return Objects.requireNonNull(Objects.requireNonNull(
                        app.query(StateQueryRequest.inStore("counts").withQuery(KeyQuery.<String, Long>withKey("a")))
                                .getOnlyPartitionResult())
                .getResult());
    }

    @Test
    void shouldLetAnApplicationCountAnew() {
        started("app").close();
        ApplicationReset reset = new ApplicationReset(log, config("app"));
        ApplicationReset.Plan done = reset.run(OffsetReset.toEarliest());
        assertThat(done.after()).isEqualTo(Map.of(IN, new OffsetAndMetadata(0, "")));
        assertThat(done.before().get(IN)).extracting(OffsetAndMetadata::offset).isEqualTo(3L);
        assertThat(done.internalTopics()).containsExactly("app-counts-changelog");
        assertThat(done.stateDirectory()).contains(dir.resolve("app").toAbsolutePath());
        assertThat(dir.resolve("app")).doesNotExist();
        assertThat(log.admin().listTopics()).doesNotContain("app-counts-changelog");
        try (StreamsApp again = started("app")) {
            assertThat(count(again)).isEqualTo(3L);
        }
    }

    @Test
    void shouldChangeNothingWhenItOnlyPlans() {
        started("app").close();
        ApplicationReset.Plan plan = new ApplicationReset(log, config("app")).plan(OffsetReset.toOffset(1));
        assertThat(plan.after()).isEqualTo(Map.of(IN, new OffsetAndMetadata(1, "")));
        assertThat(log.admin().committedOffsets("app").get(IN))
                .extracting(OffsetAndMetadata::offset)
                .isEqualTo(3L);
        try (StreamsApp again = started("app")) {
            assertThat(count(again)).isEqualTo(3L);
        }
    }

    @Test
    void shouldForgetTheTopologyOfAnApplication() {
        started("app").close();
        Topology changed = counting(Stores.persistentKeyValueStore("others"));
        StreamsApp refused = new StreamsApp(changed, config("app"), log);
        assertThatThrownBy(refused::start).isInstanceOf(TopologyException.class).hasMessageContaining("counts");
        new ApplicationReset(log, config("app")).run(OffsetReset.toLatest());
        try (StreamsApp app = new StreamsApp(changed, config("app"), log)) {
            app.start();
            assertThat(app.awaitIdle(Duration.ofSeconds(30))).isTrue();
        }
    }

    @Test
    void shouldLeaveOtherApplicationsAlone() {
        started("app").close();
        started("app-two").close();
        new ApplicationReset(log, config("app")).run(OffsetReset.toEarliest());
        assertThat(log.admin().listTopics()).contains("app-two-counts-changelog");
        assertThat(log.admin().committedOffsets("app-two").get(IN))
                .extracting(OffsetAndMetadata::offset)
                .isEqualTo(3L);
        assertThat(dir.resolve("app-two")).exists();
    }

    @Test
    void shouldRefuseWhileTheApplicationRuns() {
        try (StreamsApp app = started("app")) {
            assertThatThrownBy(() -> new ApplicationReset(log, config("app")).run(OffsetReset.toEarliest()))
                    .isInstanceOf(LockException.class);
            assertThat(count(app)).isEqualTo(3L);
        }
        assertThat(log.admin().listTopics()).contains("app-counts-changelog");
    }

    @Test
    void shouldFindNothingOfAnUnknownApplication() {
        assertThat(new ApplicationReset(log, config("other"))
                        .run(OffsetReset.toEarliest())
                        .isEmpty())
                .isTrue();
        assertThat(dir).isEmptyDirectory();
    }
}
