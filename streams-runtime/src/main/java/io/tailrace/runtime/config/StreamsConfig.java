package io.tailrace.runtime.config;

import io.tailrace.common.config.ConfigException;
import io.tailrace.common.config.ConfigKey;
import io.tailrace.common.config.ConfigValues;
import io.tailrace.errors.handler.DefaultProductionExceptionHandler;
import io.tailrace.errors.handler.DeserializationExceptionHandler;
import io.tailrace.errors.handler.LogAndFailExceptionHandler;
import io.tailrace.errors.handler.LogAndFailProcessingExceptionHandler;
import io.tailrace.errors.handler.ProcessingExceptionHandler;
import io.tailrace.errors.handler.ProductionExceptionHandler;
import io.tailrace.processor.AutoOffsetReset;
import io.tailrace.processor.TimestampExtractor;
import io.tailrace.processor.api.ProcessorWrapper;
import io.tailrace.serde.Serde;
import io.tailrace.state.StoreConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Properties;

/**
 * The configuration of one application, with Kafka Streams' key names. Immutable, checked once, printable; for any thread.
 *
 * <p>Three kinds of keys are accepted: ours, listed by {@link #describe()}; {@value #TOPIC_PREFIX}* for the configs of
 * internal topics; and those of Kafka Streams that only matter with a broker, which are named by {@link #withoutEffect()}.
 * Every other key is an error, so that no setting is ignored silently.
 */
public final class StreamsConfig {
    public static final String APPLICATION_ID_CONFIG = "application.id";
    public static final String STATE_DIR_CONFIG = "state.dir";
    /** The directory of the event log that the application opens for itself; not a key of Kafka Streams. */
    public static final String LOG_DIR_CONFIG = "log.dir";

    public static final String NUM_STREAM_THREADS_CONFIG = "num.stream.threads";
    public static final String COMMIT_INTERVAL_MS_CONFIG = "commit.interval.ms";
    public static final String POLL_MS_CONFIG = "poll.ms";
    public static final String PROCESSING_GUARANTEE_CONFIG = "processing.guarantee";
    /** Memory for the writes of all stores between two commits; not a key of Kafka Streams yet, named as in KIP-892. */
    public static final String STATESTORE_UNCOMMITTED_MAX_BYTES_CONFIG = "statestore.uncommitted.max.bytes";

    public static final String DEFAULT_KEY_SERDE_CLASS_CONFIG = "default.key.serde";
    public static final String DEFAULT_VALUE_SERDE_CLASS_CONFIG = "default.value.serde";
    public static final String DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG = "default.timestamp.extractor";
    public static final String DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG = "deserialization.exception.handler";
    public static final String DEFAULT_DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG =
            "default.deserialization.exception.handler";
    public static final String PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG = "processing.exception.handler";
    public static final String PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG =
            "processing.exception.handler.global.enabled";
    public static final String PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG = "production.exception.handler";
    public static final String DEFAULT_PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG =
            "default.production.exception.handler";
    public static final String ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG = "errors.dead.letter.queue.topic.name";
    public static final String PROCESSOR_WRAPPER_CLASS_CONFIG = "processor.wrapper.class";
    public static final String LOG_SUMMARY_INTERVAL_MS_CONFIG = "log.summary.interval.ms";
    public static final String MAX_TASK_IDLE_MS_CONFIG = "max.task.idle.ms";
    public static final long MAX_TASK_IDLE_MS_DISABLED = -1;
    public static final String STATESTORE_CACHE_MAX_BYTES_CONFIG = "statestore.cache.max.bytes";
    /** The older name of {@link #STATESTORE_CACHE_MAX_BYTES_CONFIG}, which goes before. */
    static final String CACHE_MAX_BYTES_BUFFERING = "cache.max.bytes.buffering";

    public static final String BUFFERED_RECORDS_PER_PARTITION_CONFIG = "buffered.records.per.partition";
    /** Where a source without an own {@link AutoOffsetReset} starts; Kafka's consumer key of that name. */
    public static final String AUTO_OFFSET_RESET_CONFIG = "auto.offset.reset";

    /** What to do with a topology that would leave state behind; not a key of Kafka Streams. */
    public static final String TOPOLOGY_CHANGES_CONFIG = "topology.changes";

    public static final String TOPOLOGY_CHANGES_REFUSE = "refuse";
    public static final String TOPOLOGY_CHANGES_ACCEPT = "accept";

    /** Bytes of native memory for all persistent stores; not a key of Kafka Streams. */
    public static final String ROCKSDB_MEMORY_BUDGET_CONFIG = StoreConfig.ROCKSDB_MEMORY_BUDGET;

    /** A class, or its name, that changes the options of RocksDB. */
    public static final String ROCKSDB_CONFIG_SETTER_CLASS_CONFIG = StoreConfig.ROCKSDB_CONFIG_SETTER;

    public static final String TOPIC_PREFIX = "topic.";

    public static final String AT_LEAST_ONCE = "at_least_once";
    public static final String EXACTLY_ONCE_V2 = "exactly_once_v2";

    // Without effect in an embedded application; the names are here so that code that sets them ports unchanged.
    public static final String BOOTSTRAP_SERVERS_CONFIG = "bootstrap.servers";
    public static final String REPLICATION_FACTOR_CONFIG = "replication.factor";
    public static final String CLIENT_ID_CONFIG = "client.id";
    public static final String SECURITY_PROTOCOL_CONFIG = "security.protocol";
    public static final String REQUEST_TIMEOUT_MS_CONFIG = "request.timeout.ms";
    public static final String RETRY_BACKOFF_MS_CONFIG = "retry.backoff.ms";
    public static final String TASK_TIMEOUT_MS_CONFIG = "task.timeout.ms";
    public static final String APPLICATION_SERVER_CONFIG = "application.server";
    public static final String CONSUMER_PREFIX = "consumer.";
    public static final String MAIN_CONSUMER_PREFIX = "main.consumer.";
    public static final String RESTORE_CONSUMER_PREFIX = "restore.consumer.";
    public static final String GLOBAL_CONSUMER_PREFIX = "global.consumer.";
    public static final String PRODUCER_PREFIX = "producer.";
    public static final String ADMIN_CLIENT_PREFIX = "admin.";

    private final ConfigValues values;
    private final Map<String, Object> originals;
    private final PlugIns plugIns;
    private final List<String> withoutEffect;

    /** @throws ConfigException at the first key that is unknown, missing, not supported yet or has a wrong value */
    public StreamsConfig(Map<?, ?> configs) {
        Map<String, Object> all = new LinkedHashMap<>();
        Map<String, Object> ours = new LinkedHashMap<>();
        List<String> ignored = new ArrayList<>();
        configs.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                throw new ConfigException("config key " + key + " is not a string");
            }
            all.put(name, value);
            KafkaOnlyKeys.requireSupported(name, value);
            if (name.endsWith(CONSUMER_PREFIX + AUTO_OFFSET_RESET_CONFIG)) {
                ours.put(AUTO_OFFSET_RESET_CONFIG, value); // the one consumer config that means the same here
            } else if (KafkaOnlyKeys.isWithoutEffect(name)) {
                ignored.add(name);
            } else {
                ours.put(name, value);
            }
        });
        this.values = StreamsKeys.SCHEMA.parse(ours);
        this.originals = Collections.unmodifiableMap(all);
        this.plugIns = new PlugIns(originals);
        Collections.sort(ignored);
        this.withoutEffect = List.copyOf(ignored);
    }

    /** As {@link #StreamsConfig(Map)}, with the defaults of the properties. */
    public static StreamsConfig from(Properties properties) {
        Map<Object, Object> all = new LinkedHashMap<>();
        properties.stringPropertyNames().forEach(name -> all.put(name, properties.getProperty(name)));
        all.putAll(properties);
        return new StreamsConfig(all);
    }

    public static Builder builder() {
        return new Builder();
    }

    /** All keys for people, with what is expected, default and documentation. */
    public static String describe() {
        return StreamsKeys.SCHEMA.describe();
    }

    public String applicationId() {
        return values.get(StreamsKeys.APPLICATION_ID);
    }

    public Optional<Path> logDir() {
        return values.find(StreamsKeys.LOG_DIR).map(Path::of);
    }

    public Optional<Path> stateDir() {
        return values.find(StreamsKeys.STATE_DIR).map(Path::of);
    }

    /** Empty when the number of cores and tasks decides. */
    public OptionalInt numStreamThreads() {
        return values.find(StreamsKeys.NUM_STREAM_THREADS).map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    /** How many workers there may be: what was configured, else one per core. */
    public int workers() {
        return numStreamThreads().orElse(Runtime.getRuntime().availableProcessors());
    }

    public Duration commitInterval() {
        return values.get(StreamsKeys.COMMIT_INTERVAL);
    }

    public Duration poll() {
        return values.get(StreamsKeys.POLL);
    }

    /** Whether outputs, state and input offsets are committed in one transaction. */
    public boolean exactlyOnce() {
        return values.get(StreamsKeys.PROCESSING_GUARANTEE).equals(EXACTLY_ONCE_V2);
    }

    /** For the writes of all stores between two commits; empty for any number. */
    public OptionalLong uncommittedMaxBytes() {
        long bytes = values.get(StreamsKeys.UNCOMMITTED_MAX_BYTES);
        return bytes < 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
    }

    /** -1 never waits, 0 waits for records that are in the log already. */
    public long maxTaskIdleMs() {
        return values.get(StreamsKeys.MAX_TASK_IDLE_MS);
    }

    public int bufferedRecordsPerPartition() {
        return values.get(StreamsKeys.BUFFERED_RECORDS);
    }

    /** For what all stores hold back, in bytes; 0 when every write is to be passed on at once. */
    public long stateStoreCacheMaxBytes() {
        return values.get(
                values.isSet(StreamsKeys.OLD_STATESTORE_CACHE) && !values.isSet(StreamsKeys.STATESTORE_CACHE)
                        ? StreamsKeys.OLD_STATESTORE_CACHE
                        : StreamsKeys.STATESTORE_CACHE);
    }

    public AutoOffsetReset autoOffsetReset() {
        return values.get(StreamsKeys.AUTO_OFFSET_RESET);
    }

    /** {@code host:port} of this application, for its metadata. */
    public Optional<String> applicationServer() {
        return values.find(StreamsKeys.APPLICATION_SERVER);
    }

    /**
     * The default key serde; a new one each time if a class was configured, as each task needs its own.
     *
     * @throws ConfigException when none was configured
     */
    public Serde<?> defaultKeySerde() {
        return plugIns.serde(StreamsKeys.DEFAULT_KEY_SERDE, true);
    }

    /**
     * The default value serde; a new one each time if a class was configured, as each task needs its own.
     *
     * @throws ConfigException when none was configured
     */
    public Serde<?> defaultValueSerde() {
        return plugIns.serde(StreamsKeys.DEFAULT_VALUE_SERDE, false);
    }

    public TimestampExtractor defaultTimestampExtractor() {
        return values.get(StreamsKeys.DEFAULT_TIMESTAMP_EXTRACTOR);
    }

    /** The configured handler, or the one that stops; a new one each time unless an instance was configured. */
    public DeserializationExceptionHandler deserializationExceptionHandler() {
        return plugIns.get(
                newer(StreamsKeys.DESERIALIZATION_HANDLER, StreamsKeys.OLD_DESERIALIZATION_HANDLER),
                LogAndFailExceptionHandler.class);
    }

    /** The configured handler, or the one that stops; a new one each time unless an instance was configured. */
    public ProcessingExceptionHandler processingExceptionHandler() {
        return plugIns.get(StreamsKeys.PROCESSING_HANDLER, LogAndFailProcessingExceptionHandler.class);
    }

    /** Between two lines that sum up what was done; zero or less for none. */
    public Duration logSummaryInterval() {
        return values.get(StreamsKeys.LOG_SUMMARY_INTERVAL);
    }

    /** Whether a changed topology may leave state behind. */
    public boolean acceptsTopologyChanges() {
        return values.get(StreamsKeys.TOPOLOGY_CHANGES).equals(TOPOLOGY_CHANGES_ACCEPT);
    }

    /** What wraps processors; empty for nothing. A new one each time unless an instance was configured. */
    public Optional<ProcessorWrapper> processorWrapper() {
        return plugIns.find(StreamsKeys.PROCESSOR_WRAPPER);
    }

    /** Whether {@link #processingExceptionHandler} is also asked about the processors of global stores. */
    public boolean processingExceptionHandlerGlobalEnabled() {
        return values.get(StreamsKeys.PROCESSING_HANDLER_GLOBAL);
    }

    /** The configured handler, or the one that stops; a new one each time unless an instance was configured. */
    public ProductionExceptionHandler productionExceptionHandler() {
        return plugIns.get(
                newer(StreamsKeys.PRODUCTION_HANDLER, StreamsKeys.OLD_PRODUCTION_HANDLER),
                DefaultProductionExceptionHandler.class);
    }

    private <T> ConfigKey<T> newer(ConfigKey<T> key, ConfigKey<T> olderName) {
        return values.isSet(key) ? key : olderName;
    }

    /** The keys that were given but mean nothing without a broker, sorted. */
    public List<String> withoutEffect() {
        return withoutEffect;
    }

    /** Everything that was given, unparsed. */
    public Map<String, Object> originals() {
        return originals;
    }

    /** What was given under a prefix, unparsed, the prefix taken off. */
    public Map<String, Object> originalsWithPrefix(String prefix) {
        return ConfigValues.withPrefix(originals, prefix);
    }

    /** One line {@code name = value} per key that has a value, defaults marked. */
    @Override
    public String toString() {
        return values.toString();
    }

    /** Steps to a {@link StreamsConfig}; everything is checked by {@link #build()}. Owner: one thread. */
    public static final class Builder {
        private final Map<String, Object> configs = new LinkedHashMap<>();

        private Builder() {}

        public Builder applicationId(String id) {
            return set(APPLICATION_ID_CONFIG, id);
        }

        public Builder logDir(Path directory) {
            return set(LOG_DIR_CONFIG, directory.toString());
        }

        public Builder stateDir(Path directory) {
            return set(STATE_DIR_CONFIG, directory.toString());
        }

        public Builder numStreamThreads(int threads) {
            return set(NUM_STREAM_THREADS_CONFIG, threads);
        }

        public Builder commitInterval(Duration interval) {
            return set(COMMIT_INTERVAL_MS_CONFIG, interval);
        }

        /** {@link #EXACTLY_ONCE_V2} or {@link #AT_LEAST_ONCE}. */
        public Builder processingGuarantee(String guarantee) {
            return set(PROCESSING_GUARANTEE_CONFIG, guarantee);
        }

        public Builder maxTaskIdleMs(long idleMs) {
            return set(MAX_TASK_IDLE_MS_CONFIG, idleMs);
        }

        public Builder defaultKeySerde(Serde<?> serde) {
            return set(DEFAULT_KEY_SERDE_CLASS_CONFIG, serde);
        }

        public Builder defaultValueSerde(Serde<?> serde) {
            return set(DEFAULT_VALUE_SERDE_CLASS_CONFIG, serde);
        }

        public Builder defaultTimestampExtractor(TimestampExtractor extractor) {
            return set(DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, extractor);
        }

        /** For what all stores hold back, in bytes; 0 switches that off. */
        public Builder stateStoreCacheMaxBytes(long bytes) {
            return set(STATESTORE_CACHE_MAX_BYTES_CONFIG, bytes);
        }

        /** Configured when it is a {@link Class}; an instance is taken as it is. */
        public Builder deserializationExceptionHandler(Class<? extends DeserializationExceptionHandler> handler) {
            return set(DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, handler);
        }

        /** Configured when it is a {@link Class}; an instance is taken as it is. */
        public Builder processingExceptionHandler(Class<? extends ProcessingExceptionHandler> handler) {
            return set(PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, handler);
        }

        public Builder productionExceptionHandler(Class<? extends ProductionExceptionHandler> handler) {
            return set(PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, handler);
        }

        public Builder deadLetterTopic(String topic) {
            return set(ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, topic);
        }

        /** Any key by its name. */
        public Builder set(String key, Object value) {
            configs.put(key, value);
            return this;
        }

        /** @throws ConfigException as {@link StreamsConfig#StreamsConfig(Map)} */
        public StreamsConfig build() {
            return new StreamsConfig(configs);
        }
    }
}
