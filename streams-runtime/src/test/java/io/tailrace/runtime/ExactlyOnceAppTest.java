package io.tailrace.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.errors.handler.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.processor.api.ContextualProcessor;
import io.tailrace.processor.api.Record;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.serde.Serdes;
import io.tailrace.serde.StringDeserializer;
import io.tailrace.serde.StringSerializer;
import io.tailrace.state.KeyValueStore;
import io.tailrace.stores.Stores;
import io.tailrace.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two applications on one log, the second reads what the first writes; their workers fail now and then and are replaced. */
class ExactlyOnceAppTest {
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int RECORDS = 3_000;
    private static final int KEYS = 20;
    private static final Set<Integer> FAILING_CALLS = Set.of(50, 400, 1_000, 2_500);

    @TempDir
    Path dir = Path.of("replaced by JUnit");

    private final EmbeddedLog log = EmbeddedLog.inMemory();

    @AfterEach
    void closeLog() {
        log.close();
    }

    /** Counts per key; some calls fail after they have written. */
    private static final class Counter extends ContextualProcessor<String, String, String, String> {
        private final AtomicInteger calls;

        Counter(AtomicInteger calls) {
            this.calls = calls;
        }

        @Override
        public void process(Record<String, String> record) {
            KeyValueStore<String, Long> counts = context().getStateStore("counts");
            String key = Objects.requireNonNull(record.key());
            Long before = counts.get(key);
            long now = before == null ? 1 : before + 1;
            counts.put(key, now);
            context().forward(record.withValue(Long.toString(now)));
            if (FAILING_CALLS.contains(calls.incrementAndGet())) {
                throw new IllegalStateException("told to fail");
            }
        }
    }

    private StreamsApp app(String id, String from, String to) {
        AtomicInteger calls = new AtomicInteger();
        Topology topology = new Topology()
                .addSource("source", from)
                .addProcessor("count", () -> new Counter(calls), "source")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore("counts"), Serdes.String(), Serdes.Long()),
                        "count")
                .addSink("sink", to, "count");
        StreamsConfig config = StreamsConfig.builder()
                .applicationId(id)
                .stateDir(dir)
                .numStreamThreads(2)
                .commitInterval(Duration.ofMillis(3))
                .defaultKeySerde(Serdes.String())
                .defaultValueSerde(Serdes.String())
                .build();
        StreamsApp app = new StreamsApp(topology, config, log);
        app.setUncaughtExceptionHandler(failure -> StreamThreadExceptionResponse.REPLACE_THREAD);
        return app;
    }

    private Map<String, List<String>> committed(String topic) {
        Map<String, List<String>> values = new TreeMap<>();
        List<TopicPartition> partitions = log.admin().describeTopic(topic).topicPartitions();
        Map<TopicPartition, Long> ends = log.admin().endOffsets(partitions, IsolationLevel.READ_COMMITTED);
        try (Consumer<String, String> consumer = log.newConsumer(
                ConsumerConfig.DEFAULT.withIsolationLevel(IsolationLevel.READ_COMMITTED),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            while (ends.entrySet().stream().anyMatch(end -> consumer.position(end.getKey()) < end.getValue())) {
                consumer.poll(Duration.ZERO).forEach(record -> values.computeIfAbsent(
                                Objects.requireNonNull(record.key()), key -> new ArrayList<>())
                        .add(record.value()));
            }
        }
        return values;
    }

    @Test
    void shouldCountEachRecordOnceThoughWorkersFail() {
        for (String topic : List.of("in", "between", "out")) {
            log.admin().createTopic(new NewTopic(topic, 4));
        }
        Map<String, List<String>> expected = new TreeMap<>();
        try (StreamsApp first = app("first", "in", "between");
                StreamsApp second = app("second", "between", "out");
                Producer<String, String> producer =
                        log.newProducer(ProducerConfig.DEFAULT, new StringSerializer(), new StringSerializer())) {
            first.start();
            second.start();
            for (int i = 0; i < RECORDS; i++) {
                String key = "key" + i % KEYS;
                producer.post(new ProducerRecord<>("in", key, "v"));
                List<String> counts = expected.computeIfAbsent(key, added -> new ArrayList<>());
                counts.add(Integer.toString(counts.size() + 1));
            }
            producer.flush();

            assertThat(first.awaitIdle(LONG)).isTrue();
            assertThat(second.awaitIdle(LONG)).isTrue();
            assertThat(committed("between")).isEqualTo(expected);
            assertThat(committed("out")).isEqualTo(expected);
        }
    }
}
