package io.tailrace.testkit;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.LogOptions;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.MaintenanceConfig;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.api.RecordMetadata;
import io.tailrace.processor.StateStore;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.runtime.worker.Closing;
import io.tailrace.serde.ByteArraySerializer;
import io.tailrace.serde.Deserializer;
import io.tailrace.serde.Serdes;
import io.tailrace.serde.Serializer;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.SessionStore;
import io.tailrace.state.SessionStoreWithHeaders;
import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.state.ValueTimestampHeaders;
import io.tailrace.state.VersionedKeyValueStore;
import io.tailrace.state.WindowStore;
import io.tailrace.topology.Topology;
import io.tailrace.topology.TopologyGraph;
import java.io.Closeable;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Drives a topology record by record, without threads: the runtime that an application uses, on a log in memory, with a clock
 * that stands still until the test moves it.
 *
 * <p>Source compatible with the class of that name in Kafka Streams. Beyond it, {@link #builder} gives topics several
 * partitions and spreads the tasks over several workers, {@link #restart} closes and opens the application, {@link
 * #restartWithoutLocalState} does so without the state it had, and {@link #crash}
 * loses everything that was not committed. Every call returns when there is nothing left to process, repartition topics
 * included, and, unless the test {@linkplain Builder#commitManually commits by hand}, everything is committed.
 *
 * <p><b>Threads:</b> one. <b>Owner:</b> the test closes it, which removes everything it made.
 */
public final class TopologyTestDriver implements Closeable {
    /** A thread that deletes and compacts records would make a test depend on the machine. */
    private static final MaintenanceConfig BY_HAND = MaintenanceConfig.DEFAULT.withInterval(Duration.ZERO);

    private final EmbeddedLog log;
    private final ManualTime time;
    private final Producer<byte[], byte[]> producer;
    private final Outputs outputs;
    private final DrivenApp app;
    private final TempDirectory stateDirectory;
    private final boolean commitManually;
    private final TestTopics topics;
    private boolean closed;

    public TopologyTestDriver(Topology topology) {
        this(builder(topology));
    }

    /** @param initialWallClockTime what the clock shows at first */
    public TopologyTestDriver(Topology topology, Instant initialWallClockTime) {
        this(builder(topology).startTime(initialWallClockTime));
    }

    /** @param config as for an application; what it must have there has a default here */
    public TopologyTestDriver(Topology topology, Properties config) {
        this(builder(topology).config(config));
    }

    public TopologyTestDriver(Topology topology, Properties config, Instant initialWallClockTime) {
        this(builder(topology).config(config).startTime(initialWallClockTime));
    }

    private TopologyTestDriver(Builder builder) {
        TopologyGraph graph = builder.topology.graph();
        this.time = new ManualTime(builder.startTime);
        this.commitManually = builder.commitManually;
        this.stateDirectory = new TempDirectory();
        EmbeddedLog opened = null;
        try {
            StreamsConfig config = builder.streamsConfig(stateDirectory);
            opened = EmbeddedLog.inMemory(LogOptions.DEFAULT.withTime(time).withMaintenance(BY_HAND));
            this.log = opened;
            this.topics = TestTopics.create(graph, builder.partitions, log.admin());
            this.producer =
                    log.newProducer(ProducerConfig.DEFAULT, new ByteArraySerializer(), new ByteArraySerializer());
            this.outputs = new Outputs(log);
            this.app = new DrivenApp(graph, config, log, time);
            app.open();
            settle();
        } catch (RuntimeException | Error e) {
            closeAfter(e, opened, stateDirectory);
            throw e;
        }
    }

    /** A log closes what was opened on it, so that and the directory are all there is to clean up. */
    private static void closeAfter(Throwable cause, @Nullable EmbeddedLog log, TempDirectory directory) {
        Closing closing = new Closing();
        if (log != null) {
            closing.run(log::close);
        }
        closing.run(directory::close).suppressedBy(cause);
    }

    public static Builder builder(Topology topology) {
        return new Builder(topology);
    }

    /** An input topic whose records get the time that the clock shows now. */
    public <K, V> TestInputTopic<K, V> createInputTopic(
            String topicName, Serializer<K> keySerializer, Serializer<V> valueSerializer) {
        return createInputTopic(
                topicName, keySerializer, valueSerializer, Instant.ofEpochMilli(time.milliseconds()), Duration.ZERO);
    }

    /** An input topic whose first record without a time gets {@code startTimestamp}, each further one that much more. */
    public <K, V> TestInputTopic<K, V> createInputTopic(
            String topicName,
            Serializer<K> keySerializer,
            Serializer<V> valueSerializer,
            Instant startTimestamp,
            Duration autoAdvance) {
        return new TestInputTopic<>(this, topicName, keySerializer, valueSerializer, startTimestamp, autoAdvance);
    }

    public <K, V> TestOutputTopic<K, V> createOutputTopic(
            String topicName, Deserializer<K> keyDeserializer, Deserializer<V> valueDeserializer) {
        return new TestOutputTopic<>(this, topicName, keyDeserializer, valueDeserializer);
    }

    <K, V> void pipe(
            String topic,
            TestRecord<K, V> record,
            Instant recordTime,
            Serializer<K> keySerializer,
            Serializer<V> valueSerializer) {
        requireOpen();
        if (!topics.isInput(topic)) {
            topics.createMatched(topic);
            app.readNewTopics();
        }
        byte[] key = keySerializer.serialize(topic, record.headers(), record.key());
        byte[] value = valueSerializer.serialize(topic, record.headers(), record.value());
        var sent = producer.send(
                new ProducerRecord<>(topic, null, recordTime.toEpochMilli(), key, value, record.headers()));
        producer.flush();
        RecordMetadata written = sent.join();
        outputs.piped(new TopicPartition(topic, written.partition()), written.offset());
        settle();
    }

    /** Moves the clock, which calls the wall-clock punctuators that become due. */
    public void advanceWallClockTime(Duration advance) {
        requireOpen();
        time.advance(advance);
        settle();
    }

    private void settle() {
        try {
            app.runUntilIdle(!commitManually);
        } finally {
            outputs.collect();
        }
    }

    /** Commits, for a test that does that by hand. */
    public void commit() {
        requireOpen();
        app.commit();
        settle();
    }

    /** Closes the application, which commits, and opens it again on the same log. */
    public void restart() {
        requireOpen();
        app.close();
        app.open();
        settle();
    }

    /** As {@link #restart}, with the state directory deleted in between: every store is restored from its changelog. */
    public void restartWithoutLocalState() {
        requireOpen();
        app.close();
        app.deleteState();
        app.open();
        settle();
    }

    /**
     * Ends the application as {@code kill -9} does, then opens it again on the same log: what was not committed is undone and
     * processed again, stores in memory and what stores did not commit are restored from their changelogs.
     */
    public void crash() {
        requireOpen();
        app.abandon();
        app.open();
        settle();
    }

    /** The topics that the topology wrote to, internal ones too, by their names in the log. */
    public Set<String> producedTopicNames() {
        return outputs.topics();
    }

    Outputs outputs() {
        return outputs;
    }

    /** The log behind the driver. */
    public EventLog log() {
        return log;
    }

    /** The clock of the driver. */
    public ManualTime time() {
        return time;
    }

    /**
     * All stores by name. With several partitions a store is a read-only face over all of them, as of the last commit; with
     * one it is the store itself, which a test may also write.
     */
    public Map<String, StateStore> getAllStateStores() {
        requireOpen();
        Map<String, StateStore> stores = new LinkedHashMap<>();
        app.storeNames().forEach(name -> {
            StateStore store = app.store(name);
            if (store != null) {
                stores.put(name, store);
            }
        });
        return stores;
    }

    /** One of {@link #getAllStateStores}, null when there is none of that name. */
    public @Nullable StateStore getStateStore(String name) {
        requireOpen();
        return app.store(name);
    }

    /** A key-value store, without timestamps and headers. Null when there is none of that name and kind. */
    public <K, V> @Nullable KeyValueStore<K, V> getKeyValueStore(String name) {
        return StoreKinds.keyValue(getStateStore(name));
    }

    /** A timestamped key-value store, without headers. Null when there is none of that name and kind. */
    public <K, V> @Nullable KeyValueStore<K, ValueAndTimestamp<V>> getTimestampedKeyValueStore(String name) {
        return StoreKinds.timestampedKeyValue(getStateStore(name));
    }

    /** Null when there is none of that name and kind. */
    public <K, V> @Nullable KeyValueStore<K, ValueTimestampHeaders<V>> getTimestampedKeyValueStoreWithHeaders(
            String name) {
        return StoreKinds.keyValueWithHeaders(getStateStore(name));
    }

    /** Null when there is none of that name and kind. */
    public <K, V> @Nullable VersionedKeyValueStore<K, V> getVersionedKeyValueStore(String name) {
        return StoreKinds.versioned(getStateStore(name));
    }

    /** A window store, without timestamps and headers. Null when there is none of that name and kind. */
    public <K, V> @Nullable WindowStore<K, V> getWindowStore(String name) {
        return StoreKinds.window(getStateStore(name));
    }

    /** A timestamped window store, without headers. Null when there is none of that name and kind. */
    public <K, V> @Nullable WindowStore<K, ValueAndTimestamp<V>> getTimestampedWindowStore(String name) {
        return StoreKinds.timestampedWindow(getStateStore(name));
    }

    /** Null when there is none of that name and kind. */
    public <K, V> @Nullable WindowStore<K, ValueTimestampHeaders<V>> getTimestampedWindowStoreWithHeaders(String name) {
        return StoreKinds.windowWithHeaders(getStateStore(name));
    }

    /** A session store, without headers. Null when there is none of that name and kind. */
    public <K, V> @Nullable SessionStore<K, V> getSessionStore(String name) {
        return StoreKinds.session(getStateStore(name));
    }

    /** Null when there is none of that name and kind. */
    public <K, V> @Nullable SessionStoreWithHeaders<K, V> getSessionStoreWithHeaders(String name) {
        return StoreKinds.sessionWithHeaders(getStateStore(name));
    }

    private void requireOpen() {
        if (closed) {
            throw new IllegalStateException("the driver is closed");
        }
    }

    /** Closes the application and removes its log and state. A second call does nothing. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        new Closing()
                .run(app::close)
                .run(outputs::close)
                .run(producer::close)
                .run(log::close)
                .run(stateDirectory::close)
                .rethrow();
    }

    /** Steps to a driver. Owner: one thread. */
    public static final class Builder {
        private final Topology topology;
        private final Map<String, Integer> partitions = new LinkedHashMap<>();
        private final Properties config = new Properties();
        private Instant startTime = Instant.ofEpochMilli(Time.SYSTEM.milliseconds());
        private int workers = 1;
        private boolean commitManually;

        private Builder(Topology topology) {
            this.topology = topology;
        }

        /** As for an application; the driver gives an application id, and byte arrays as default serdes, if there are none. */
        public Builder config(Properties properties) {
            properties.stringPropertyNames().forEach(name -> config.setProperty(name, properties.getProperty(name)));
            config.putAll(properties);
            return this;
        }

        /** What the clock shows at first; otherwise the time of the machine. */
        public Builder startTime(Instant instant) {
            startTime = instant;
            return this;
        }

        /** How many partitions a source or sink topic has, where not 1. */
        public Builder partitions(String topic, int count) {
            if (count < 1) {
                throw new IllegalArgumentException(
                        "topic '" + topic + "' with " + count + " partitions, expected 1 or more");
            }
            partitions.put(topic, count);
            return this;
        }

        /** Over how many workers the tasks are spread; they take turns. */
        public Builder workers(int count) {
            if (count < 1) {
                throw new IllegalArgumentException(count + " workers, expected 1 or more");
            }
            workers = count;
            return this;
        }

        /**
         * Nothing is committed until {@link TopologyTestDriver#commit} or {@link TopologyTestDriver#restart}. Unless the
         * application processes at least once, that is also when its outputs, repartition topics included, can be read.
         */
        public Builder commitManually() {
            commitManually = true;
            return this;
        }

        /** Opens the driver. */
        public TopologyTestDriver build() {
            return new TopologyTestDriver(this);
        }

        private StreamsConfig streamsConfig(TempDirectory stateDirectory) {
            Properties all = new Properties();
            all.put(StreamsConfig.APPLICATION_ID_CONFIG, "topology-test-driver");
            all.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
            all.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.ByteArraySerde.class);
            all.putAll(config);
            all.put(StreamsConfig.NUM_STREAM_THREADS_CONFIG, workers);
            all.put(StreamsConfig.STATE_DIR_CONFIG, stateDirectory.path().toString());
            if (commitManually) {
                all.put(StreamsConfig.COMMIT_INTERVAL_MS_CONFIG, Duration.ofDays(36_500));
            }
            return StreamsConfig.from(all);
        }
    }
}
