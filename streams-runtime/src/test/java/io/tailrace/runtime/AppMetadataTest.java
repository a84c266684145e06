package io.tailrace.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import io.tailrace.common.Murmur2;
import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.config.ConfigException;
import io.tailrace.errors.StreamsNotStartedException;
import io.tailrace.errors.StreamsStoppedException;
import io.tailrace.errors.UnknownStateStoreException;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.processor.TaskId;
import io.tailrace.processor.api.ContextualProcessor;
import io.tailrace.processor.api.Record;
import io.tailrace.query.StateQueryRequest;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.runtime.metadata.HostInfo;
import io.tailrace.runtime.metadata.KeyQueryMetadata;
import io.tailrace.runtime.metadata.LagInfo;
import io.tailrace.runtime.metadata.StreamsMetadata;
import io.tailrace.runtime.metadata.ThreadMetadata;
import io.tailrace.serde.Serdes;
import io.tailrace.serde.StringSerializer;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.query.KeyQuery;
import io.tailrace.stores.Stores;
import io.tailrace.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What an application says about itself, and the query API through its front door. */
class AppMetadataTest {
    private static final HostInfo HERE = new HostInfo("here", 8080);

    @TempDir
    Path dir = Path.of("replaced by JUnit");

    private final EmbeddedLog log = EmbeddedLog.inMemory();

    @BeforeEach
    void createInput() {
        log.admin().createTopic(new NewTopic("in", 4));
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    private static final class Keeper extends ContextualProcessor<String, String, Void, Void> {
        @Override
        public void process(Record<String, String> record) {
            KeyValueStore<String, String> store = context().getStateStore("kept");
            store.put(Objects.requireNonNull(record.key()), record.value());
        }
    }

    private StreamsApp app() {
        Topology topology = new Topology()
                .addSource("source", "in")
                .addProcessor("keeper", Keeper::new, "source")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.inMemoryKeyValueStore("kept"), Serdes.String(), Serdes.String()),
                        "keeper");
        StreamsConfig config = StreamsConfig.builder()
                .applicationId("app")
                .stateDir(dir)
                .numStreamThreads(2)
                .defaultKeySerde(Serdes.String())
                .defaultValueSerde(Serdes.String())
                .set("application.server", "here:8080")
                .build();
        return new StreamsApp(topology, config, log);
    }

    private void send(String key, String value) {
        try (Producer<String, String> producer =
                log.newProducer(ProducerConfig.DEFAULT, new StringSerializer(), new StringSerializer())) {
            producer.post(new ProducerRecord<>("in", null, 1L, key, value));
        }
    }

    private StreamsApp running() {
        StreamsApp app = app();
        app.start();
        assertThat(app.awaitIdle(Duration.ofSeconds(30))).isTrue();
        return app;
    }

    @Test
    void shouldFindThePartitionOfAKey() {
        send("a", "1");
        try (StreamsApp app = running()) {
            KeyQueryMetadata where = app.queryMetadataForKey("kept", "a", new StringSerializer());
            assertThat(where.activeHost()).isEqualTo(HERE);
            assertThat(where.standbyHosts()).isEmpty();
            assertThat(where.partition()).isEqualTo(Murmur2.toPartition("a".getBytes(UTF_8), 4));
            assertThat(Objects.requireNonNull(app.query(StateQueryRequest.inStore("kept")
                                            .withQuery(KeyQuery.<String, String>withKey("a"))
                                            .withPartitions(Set.of(where.partition())))
                                    .getOnlyPartitionResult())
                            .getResult())
                    .isEqualTo("1");
        }
    }

    @Test
    void shouldFindThePartitionThatAPartitionerChooses() {
        try (StreamsApp app = running()) {
            assertThat(app.queryMetadataForKey(
                                    "kept", "a", (topic, key, value, count) -> Optional.of(Set.of(count - 1)))
                            .partition())
                    .isEqualTo(3);
            assertThatThrownBy(() -> app.queryMetadataForKey(
                            "kept", "a", (topic, key, value, count) -> Optional.of(Set.of(0, 1))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("exactly one");
            assertThatThrownBy(() -> app.queryMetadataForKey("other", "a", new StringSerializer()))
                    .isInstanceOf(UnknownStateStoreException.class)
                    .hasMessageContaining("kept");
        }
    }

    @Test
    void shouldNameItsStoresAndInputs() {
        try (StreamsApp app = running()) {
            assertThat(app.metadataForAllStreamsClients())
                    .containsExactly(new StreamsMetadata(
                            HERE,
                            Set.of("kept"),
                            Set.copyOf(log.admin().describeTopic("in").topicPartitions()),
                            Set.of(),
                            Set.of()));
            assertThat(app.streamsMetadataForStore("kept")).hasSize(1);
            assertThat(app.streamsMetadataForStore("other")).isEmpty();
        }
    }

    @Test
    void shouldTellWhichThreadRunsWhichTask() {
        send("a", "1");
        send("a", "2");
        try (StreamsApp app = running()) {
            Set<ThreadMetadata> threads = app.metadataForLocalThreads();
            assertThat(threads)
                    .extracting(ThreadMetadata::threadName, ThreadMetadata::threadState)
                    .containsExactlyInAnyOrder(
                            tuple("app-StreamThread-1", "RUNNING"), tuple("app-StreamThread-2", "RUNNING"));
            assertThat(threads)
                    .flatExtracting(ThreadMetadata::activeTasks)
                    .hasSize(4)
                    .anySatisfy(task -> {
                        TopicPartition input =
                                new TopicPartition("in", task.taskId().partition());
                        assertThat(task.taskId()).isEqualTo(new TaskId(0, Murmur2.toPartition("a".getBytes(UTF_8), 4)));
                        assertThat(task.topicPartitions()).containsExactly(input);
                        assertThat(task.committedOffsets()).isEqualTo(Map.of(input, 2L));
                        assertThat(task.endOffsets()).isEqualTo(Map.of(input, 2L));
                    });
        }
    }

    @Test
    void shouldLagBehindNoChangelogWhileItRuns() {
        send("a", "1");
        try (StreamsApp app = running()) {
            Map<Integer, LagInfo> lags =
                    Objects.requireNonNull(app.allLocalStorePartitionLags().get("kept"));
            assertThat(lags).containsOnlyKeys(0, 1, 2, 3);
            assertThat(lags.values())
                    .allSatisfy(lag -> assertThat(lag.offsetLag()).isZero());
            assertThat(lags.values()).extracting(LagInfo::endOffsetPosition).anySatisfy(end -> assertThat(end)
                    .isPositive());
        }
    }

    @Test
    void shouldAnswerOnlyWhileItRuns() {
        StreamsApp app = app();
        StateQueryRequest<String> request = StateQueryRequest.inStore("kept").withQuery(KeyQuery.withKey("a"));
        assertThatThrownBy(() -> app.query(request)).isInstanceOf(StreamsNotStartedException.class);
        app.close();
        assertThatThrownBy(() -> app.query(request)).isInstanceOf(StreamsNotStartedException.class);
        StreamsApp closed = running();
        closed.close();
        assertThatThrownBy(() -> closed.query(request)).isInstanceOf(StreamsStoppedException.class);
        assertThatThrownBy(closed::metadataForLocalThreads).isInstanceOf(StreamsStoppedException.class);
    }

    @Test
    void shouldRefuseAnEndpointThatIsNone() {
        assertThatThrownBy(() -> HostInfo.buildFromEndpoint("here"))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("host:port");
        assertThat(HostInfo.buildFromEndpoint(" ")).isNull();
        assertThat(HostInfo.buildFromEndpoint("[::1]:80")).isEqualTo(new HostInfo("[::1]", 80));
    }
}
