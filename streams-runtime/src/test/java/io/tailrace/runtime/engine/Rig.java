package io.tailrace.runtime.engine;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.ProducerRecord;
import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.LogOptions;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.ConsumerRecords;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.OffsetResetPolicy;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.processor.StateRestoreListener;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.runtime.global.GlobalStores;
import io.tailrace.runtime.worker.Worker;
import io.tailrace.serde.Serdes;
import io.tailrace.serde.StringDeserializer;
import io.tailrace.serde.StringSerializer;
import io.tailrace.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** An engine on a log in memory whose workers the test drives by hand. Can be opened several times, with any topology. */
final class Rig implements AutoCloseable {
    /** A clock that the test moves. */
    static final class Clock implements Time {
        private long nowMs = 1_000_000;

        void advance(Duration by) {
            nowMs += by.toMillis();
        }

        @Override
        public long milliseconds() {
            return nowMs;
        }

        @Override
        public long nanoseconds() {
            return nowMs * 1_000_000;
        }
    }

    /** Writes down every restore. */
    static final class RestoreDiary implements StateRestoreListener {
        final List<String> entries = new ArrayList<>();

        @Override
        public void onRestoreStart(TopicPartition partition, String store, long startingOffset, long endingOffset) {
            entries.add("start " + store + " " + partition + " " + startingOffset + ".." + endingOffset);
        }

        @Override
        public void onBatchRestored(TopicPartition partition, String store, long batchEndOffset, long numRestored) {}

        @Override
        public void onRestoreEnd(TopicPartition partition, String store, long totalRestored) {
            entries.add("end " + store + " " + totalRestored);
        }
    }

    final Clock clock = new Clock();
    final EmbeddedLog log;
    final RestoreDiary restores = new RestoreDiary();
    final Map<String, Object> config = new LinkedHashMap<>();
    final List<Worker> workers = new ArrayList<>();

    @Nullable
    GlobalStores globalStores;

    private final Producer<String, String> producer;
    private @Nullable StreamsEngine engine;

    Rig(Path stateDir) {
        this(stateDir, true);
    }

    /** @param autoCreateTopics whether writing to a topic creates it */
    Rig(Path stateDir, boolean autoCreateTopics) {
        log = EmbeddedLog.inMemory(LogOptions.DEFAULT.withTime(clock).withAutoCreateTopics(autoCreateTopics));
        producer = log.newProducer(ProducerConfig.DEFAULT, new StringSerializer(), new StringSerializer());
        config.put("application.id", "app");
        config.put("num.stream.threads", 1);
        config.put("state.dir", stateDir.toString());
        config.put("default.key.serde", Serdes.String());
        config.put("default.value.serde", Serdes.String());
        config.put("commit.interval.ms", Duration.ofDays(1)); // tests commit by hand
        config.put("processing.guarantee", "at_least_once"); // most look at outputs without a commit
    }

    Rig with(String key, Object value) {
        config.put(key, value);
        return this;
    }

    Rig exactlyOnce() {
        return with("processing.guarantee", StreamsConfig.EXACTLY_ONCE_V2);
    }

    Rig topic(String name, int partitions) {
        log.admin().createTopic(new NewTopic(name, partitions));
        return this;
    }

    StreamsEngine open(Topology topology) {
        StreamsEngine opened = StreamsEngine.open(
                topology.graph(), new StreamsConfig(config), log, clock, new EngineListeners(restores, () -> {}));
        engine = opened;
        globalStores = opened.loadGlobalStores(() -> false).orElse(null);
        for (int index = 0; index < opened.workerCount(); index++) {
            Worker worker = opened.openWorker(index, () -> false);
            if (worker != null) {
                workers.add(worker);
            }
        }
        return opened;
    }

    void send(String topic, @Nullable String key, @Nullable String value, long timestampMs) {
        send(topic, null, key, value, timestampMs);
    }

    void send(
            String topic, @Nullable Integer partition, @Nullable String key, @Nullable String value, long timestampMs) {
        producer.post(new ProducerRecord<>(topic, partition, timestampMs, key, value));
        producer.flush();
    }

    /** Takes turns until no worker has work; returns this. */
    Rig run() {
        int work = 1;
        while (work > 0) {
            work = globalStores == null ? 0 : globalStores.runOnce();
            for (Worker worker : workers) {
                work += worker.runOnce();
            }
        }
        return this;
    }

    Rig commit() {
        if (globalStores != null) {
            globalStores.commit();
        }
        workers.forEach(Worker::commit);
        return this;
    }

    void closeApp() {
        workers.forEach(Worker::close);
        workers.clear();
        closeRest();
    }

    void crash() {
        workers.forEach(Worker::abandon);
        workers.clear();
        closeRest();
    }

    private void closeRest() {
        GlobalStores global = globalStores;
        globalStores = null;
        if (global != null) {
            global.close();
        }
        StreamsEngine opened = engine;
        engine = null;
        if (opened != null) {
            opened.close();
        }
    }

    /** Everything in a topic, partition after partition; exactly-once, everything that is committed. */
    List<ConsumerRecord<String, String>> read(String topic) {
        boolean exactlyOnce = StreamsConfig.EXACTLY_ONCE_V2.equals(config.get("processing.guarantee"));
        try (Consumer<String, String> consumer = log.newConsumer(
                ConsumerConfig.DEFAULT
                        .withAutoOffsetReset(OffsetResetPolicy.EARLIEST)
                        .withIsolationLevel(
                                exactlyOnce ? IsolationLevel.READ_COMMITTED : IsolationLevel.READ_UNCOMMITTED),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(log.admin().describeTopic(topic).topicPartitions());
            Map<TopicPartition, List<ConsumerRecord<String, String>>> byPartition = new LinkedHashMap<>();
            for (ConsumerRecords<String, String> records = consumer.poll(Duration.ZERO);
                    !records.isEmpty();
                    records = consumer.poll(Duration.ZERO)) {
                for (TopicPartition partition : records.partitions()) {
                    byPartition
                            .computeIfAbsent(partition, p -> new ArrayList<>())
                            .addAll(records.records(partition));
                }
            }
            return new TreeSet<>(byPartition.keySet())
                    .stream()
                            .flatMap(p -> byPartition.getOrDefault(p, List.of()).stream())
                            .toList();
        }
    }

    List<String> values(String topic) {
        return read(topic).stream()
                .map(record -> String.valueOf(record.value()))
                .toList();
    }

    /** Committed offsets of a topic's partitions, -1 where there is none. */
    List<Long> committed(String topic) {
        Map<TopicPartition, OffsetAndMetadata> offsets = log.admin().committedOffsets("app");
        return IntStream.range(0, log.admin().describeTopic(topic).partitions())
                .mapToObj(partition -> {
                    OffsetAndMetadata offset = offsets.get(new TopicPartition(topic, partition));
                    return offset == null ? -1L : offset.offset();
                })
                .toList();
    }

    @Override
    public void close() {
        if (engine != null) {
            crash();
        }
        producer.close();
        log.close();
    }
}
