package io.tailrace.runtime.config;

import static io.tailrace.common.config.ConfigCheck.atLeast;
import static io.tailrace.common.config.ConfigCheck.oneOf;

import io.tailrace.common.config.ConfigCheck;
import io.tailrace.common.config.ConfigException;
import io.tailrace.common.config.ConfigKey;
import io.tailrace.common.config.ConfigSchema;
import io.tailrace.common.config.ConfigValues;
import io.tailrace.errors.handler.DeserializationExceptionHandler;
import io.tailrace.errors.handler.LogAndFailExceptionHandler;
import io.tailrace.processor.AutoOffsetReset;
import io.tailrace.processor.TimestampExtractor;
import io.tailrace.processor.time.FailOnInvalidTimestamp;
import io.tailrace.serde.Serde;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Properties;
import java.util.regex.Pattern;

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
    public static final String DEFAULT_KEY_SERDE_CLASS_CONFIG = "default.key.serde";
    public static final String DEFAULT_VALUE_SERDE_CLASS_CONFIG = "default.value.serde";
    public static final String DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG = "default.timestamp.extractor";
    public static final String DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG = "deserialization.exception.handler";
    public static final String DEFAULT_DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG =
            "default.deserialization.exception.handler";
    public static final String ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG = "errors.dead.letter.queue.topic.name";
    public static final String MAX_TASK_IDLE_MS_CONFIG = "max.task.idle.ms";
    public static final long MAX_TASK_IDLE_MS_DISABLED = -1;
    public static final String BUFFERED_RECORDS_PER_PARTITION_CONFIG = "buffered.records.per.partition";
    /** Where a source without an own {@link AutoOffsetReset} starts; Kafka's consumer key of that name. */
    public static final String AUTO_OFFSET_RESET_CONFIG = "auto.offset.reset";

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

    private static final Pattern LEGAL_ID = Pattern.compile("[a-zA-Z0-9._-]{1,150}");

    private static final ConfigKey<String> APPLICATION_ID = ConfigKey.string(APPLICATION_ID_CONFIG)
            .required()
            .check(new ConfigCheck<>("1 to 150 of the characters a-z A-Z 0-9 . _ -", id -> LEGAL_ID.matcher(id)
                    .matches()))
            .doc("names the application: its consumer group, its internal topics and its state directory");
    private static final ConfigKey<String> LOG_DIR = ConfigKey.string(LOG_DIR_CONFIG)
            .check(ConfigCheck.notBlank())
            .doc("directory of the event log, for an application that opens its own");
    private static final ConfigKey<String> STATE_DIR = ConfigKey.string(STATE_DIR_CONFIG)
            .check(ConfigCheck.notBlank())
            .doc("directory of persistent stores; by default 'state' in the log directory, or for a log in memory a"
                    + " temporary directory that is removed on close");
    private static final ConfigKey<Integer> NUM_STREAM_THREADS = ConfigKey.intNumber(NUM_STREAM_THREADS_CONFIG)
            .check(atLeast(1))
            .doc("worker threads; by default one per core, but not more than there are tasks");
    private static final ConfigKey<Duration> COMMIT_INTERVAL = ConfigKey.duration(COMMIT_INTERVAL_MS_CONFIG)
            .defaultTo(Duration.ofMillis(100))
            .check(atLeast(Duration.ZERO))
            .doc("milliseconds between two commits");
    private static final ConfigKey<Duration> POLL = ConfigKey.duration(POLL_MS_CONFIG)
            .defaultTo(Duration.ofMillis(100))
            .check(atLeast(Duration.ofMillis(1)))
            .doc("milliseconds that an idle worker waits for records at most before it looks at its other duties");
    private static final ConfigKey<String> PROCESSING_GUARANTEE = ConfigKey.string(PROCESSING_GUARANTEE_CONFIG)
            .defaultTo(AT_LEAST_ONCE)
            .check(oneOf(AT_LEAST_ONCE))
            .doc("what a crash may do: at_least_once repeats the records after the last commit");

    @SuppressWarnings("rawtypes") // a class literal has no type arguments; read as Serde<?>
    private static final ConfigKey<Serde> DEFAULT_KEY_SERDE = ConfigKey.instanceOf(
                    DEFAULT_KEY_SERDE_CLASS_CONFIG, Serde.class)
            .doc("serde of keys where the topology gives none");

    @SuppressWarnings("rawtypes") // as above
    private static final ConfigKey<Serde> DEFAULT_VALUE_SERDE = ConfigKey.instanceOf(
                    DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serde.class)
            .doc("serde of values where the topology gives none");

    private static final ConfigKey<TimestampExtractor> DEFAULT_TIMESTAMP_EXTRACTOR = ConfigKey.instanceOf(
                    DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, TimestampExtractor.class)
            .defaultTo(new FailOnInvalidTimestamp())
            .doc("finds the event time of records where the topology gives no extractor");
    private static final ConfigKey<DeserializationExceptionHandler> DESERIALIZATION_HANDLER = ConfigKey.instanceOf(
                    DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeserializationExceptionHandler.class)
            .doc("decides what becomes of a record that does not deserialize; by default it stops the application");
    private static final ConfigKey<DeserializationExceptionHandler> OLD_DESERIALIZATION_HANDLER = ConfigKey.instanceOf(
                    DEFAULT_DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeserializationExceptionHandler.class)
            .doc("the older name of " + DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG);
    private static final ConfigKey<String> DEAD_LETTER_TOPIC = ConfigKey.string(
                    ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG)
            .check(ConfigCheck.notBlank())
            .doc("topic to which the ready-made handlers write the records that they drop");
    private static final ConfigKey<Long> MAX_TASK_IDLE_MS = ConfigKey.longNumber(MAX_TASK_IDLE_MS_CONFIG)
            .defaultTo(0L)
            .check(atLeast(MAX_TASK_IDLE_MS_DISABLED))
            .doc("milliseconds that a task waits for new records of an input partition it has read to its end, to keep"
                    + " several inputs in time order; 0 waits only for records that are in the log already, -1 never");
    private static final ConfigKey<Integer> BUFFERED_RECORDS = ConfigKey.intNumber(
                    BUFFERED_RECORDS_PER_PARTITION_CONFIG)
            .defaultTo(1000)
            .check(atLeast(1))
            .doc("records buffered per input partition above which no more are read");
    private static final ConfigKey<AutoOffsetReset> AUTO_OFFSET_RESET = ConfigKey.choice(
                    AUTO_OFFSET_RESET_CONFIG,
                    AutoOffsetReset.class,
                    Map.of(
                            "earliest", AutoOffsetReset.earliest(),
                            "latest", AutoOffsetReset.latest(),
                            "none", AutoOffsetReset.none()))
            .defaultTo(AutoOffsetReset.earliest())
            .doc("where to start in an input partition without committed offset");

    private static final ConfigSchema SCHEMA = ConfigSchema.of(
                    APPLICATION_ID,
                    LOG_DIR,
                    STATE_DIR,
                    NUM_STREAM_THREADS,
                    COMMIT_INTERVAL,
                    POLL,
                    PROCESSING_GUARANTEE,
                    DEFAULT_KEY_SERDE,
                    DEFAULT_VALUE_SERDE,
                    DEFAULT_TIMESTAMP_EXTRACTOR,
                    DESERIALIZATION_HANDLER,
                    OLD_DESERIALIZATION_HANDLER,
                    DEAD_LETTER_TOPIC,
                    MAX_TASK_IDLE_MS,
                    BUFFERED_RECORDS,
                    AUTO_OFFSET_RESET)
            .passing(TOPIC_PREFIX, "configs of the changelog and repartition topics that are created");

    private final ConfigValues values;
    private final Map<String, Object> originals;
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
            KafkaOnlyKeys.requireSupported(name);
            if (name.endsWith(CONSUMER_PREFIX + AUTO_OFFSET_RESET_CONFIG)) {
                ours.put(AUTO_OFFSET_RESET_CONFIG, value); // the one consumer config that means the same here
            } else if (KafkaOnlyKeys.isWithoutEffect(name)) {
                ignored.add(name);
            } else {
                ours.put(name, value);
            }
        });
        if (EXACTLY_ONCE_V2.equals(ours.get(PROCESSING_GUARANTEE_CONFIG))) {
            throw new ConfigException("config '" + PROCESSING_GUARANTEE_CONFIG + "': " + EXACTLY_ONCE_V2
                    + " is not available yet, expected " + AT_LEAST_ONCE);
        }
        this.values = SCHEMA.parse(ours);
        this.originals = Collections.unmodifiableMap(all);
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
        return SCHEMA.describe();
    }

    public String applicationId() {
        return values.get(APPLICATION_ID);
    }

    public Optional<Path> logDir() {
        return values.find(LOG_DIR).map(Path::of);
    }

    public Optional<Path> stateDir() {
        return values.find(STATE_DIR).map(Path::of);
    }

    /** Empty when the number of cores and tasks decides. */
    public OptionalInt numStreamThreads() {
        return values.find(NUM_STREAM_THREADS).map(OptionalInt::of).orElseGet(OptionalInt::empty);
    }

    public Duration commitInterval() {
        return values.get(COMMIT_INTERVAL);
    }

    public Duration poll() {
        return values.get(POLL);
    }

    /** -1 never waits, 0 waits for records that are in the log already. */
    public long maxTaskIdleMs() {
        return values.get(MAX_TASK_IDLE_MS);
    }

    public int bufferedRecordsPerPartition() {
        return values.get(BUFFERED_RECORDS);
    }

    public AutoOffsetReset autoOffsetReset() {
        return values.get(AUTO_OFFSET_RESET);
    }

    /**
     * The default key serde; a new one each time if a class was configured, as each task needs its own.
     *
     * @throws ConfigException when none was configured
     */
    public Serde<?> defaultKeySerde() {
        return serde(DEFAULT_KEY_SERDE, true);
    }

    /**
     * The default value serde; a new one each time if a class was configured, as each task needs its own.
     *
     * @throws ConfigException when none was configured
     */
    public Serde<?> defaultValueSerde() {
        return serde(DEFAULT_VALUE_SERDE, false);
    }

    @SuppressWarnings("rawtypes") // the key's type is a class literal's
    private Serde<?> serde(ConfigKey<Serde> key, boolean isKey) {
        Object given = originals.get(key.name());
        if (given == null) {
            throw new ConfigException("config '" + key.name() + "' is not set, but a " + (isKey ? "key" : "value")
                    + " serde is needed where the topology gives none: set it, or give the serde in the topology");
        }
        Serde<?> serde = key.parse(given, originals);
        if (serde != given) {
            serde.configure(originals, isKey);
        }
        return serde;
    }

    public TimestampExtractor defaultTimestampExtractor() {
        return values.get(DEFAULT_TIMESTAMP_EXTRACTOR);
    }

    /** The configured handler, or the one that stops; a new one each time unless an instance was configured. */
    public DeserializationExceptionHandler deserializationExceptionHandler() {
        ConfigKey<DeserializationExceptionHandler> key =
                values.isSet(DESERIALIZATION_HANDLER) ? DESERIALIZATION_HANDLER : OLD_DESERIALIZATION_HANDLER;
        Object given = originals.get(key.name());
        return key.parse(given == null ? LogAndFailExceptionHandler.class : given, originals);
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
        Map<String, Object> matching = new LinkedHashMap<>();
        originals.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                matching.put(name.substring(prefix.length()), value);
            }
        });
        return matching;
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

        /** Configured when it is a {@link Class}; an instance is taken as it is. */
        public Builder deserializationExceptionHandler(Class<? extends DeserializationExceptionHandler> handler) {
            return set(DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, handler);
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
