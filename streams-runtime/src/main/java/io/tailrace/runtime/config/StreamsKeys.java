package io.tailrace.runtime.config;

import static io.tailrace.common.config.ConfigCheck.atLeast;
import static io.tailrace.common.config.ConfigCheck.oneOf;
import static io.tailrace.runtime.config.StreamsConfig.APPLICATION_ID_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.APPLICATION_SERVER_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.AT_LEAST_ONCE;
import static io.tailrace.runtime.config.StreamsConfig.AUTO_OFFSET_RESET_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.BUFFERED_RECORDS_PER_PARTITION_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.CACHE_MAX_BYTES_BUFFERING;
import static io.tailrace.runtime.config.StreamsConfig.COMMIT_INTERVAL_MS_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.DEFAULT_DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.DEFAULT_PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.EXACTLY_ONCE_V2;
import static io.tailrace.runtime.config.StreamsConfig.LOG_DIR_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.LOG_SUMMARY_INTERVAL_MS_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.MAX_TASK_IDLE_MS_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.MAX_TASK_IDLE_MS_DISABLED;
import static io.tailrace.runtime.config.StreamsConfig.NUM_STREAM_THREADS_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.POLL_MS_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.PROCESSING_GUARANTEE_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.PROCESSOR_WRAPPER_CLASS_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.ROCKSDB_MEMORY_BUDGET_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.STATESTORE_CACHE_MAX_BYTES_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.STATESTORE_UNCOMMITTED_MAX_BYTES_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.STATE_DIR_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.TOPIC_PREFIX;
import static io.tailrace.runtime.config.StreamsConfig.TOPOLOGY_CHANGES_ACCEPT;
import static io.tailrace.runtime.config.StreamsConfig.TOPOLOGY_CHANGES_CONFIG;
import static io.tailrace.runtime.config.StreamsConfig.TOPOLOGY_CHANGES_REFUSE;

import io.tailrace.common.config.ConfigCheck;
import io.tailrace.common.config.ConfigKey;
import io.tailrace.common.config.ConfigSchema;
import io.tailrace.errors.handler.DeserializationExceptionHandler;
import io.tailrace.errors.handler.ProcessingExceptionHandler;
import io.tailrace.errors.handler.ProductionExceptionHandler;
import io.tailrace.processor.AutoOffsetReset;
import io.tailrace.processor.TimestampExtractor;
import io.tailrace.processor.api.ProcessorWrapper;
import io.tailrace.processor.time.FailOnInvalidTimestamp;
import io.tailrace.serde.Serde;
import io.tailrace.state.StoreConfig;
import java.time.Duration;
import java.util.Map;
import java.util.regex.Pattern;

/** The keys of a {@link StreamsConfig}, with their defaults and rules, in the order in which they are described. */
final class StreamsKeys {
    private static final Pattern LEGAL_ID = Pattern.compile("[a-zA-Z0-9._-]{1,150}");
    private static final Pattern LEGAL_SERVER = Pattern.compile(".+:\\d{1,5}");

    static final ConfigKey<String> APPLICATION_ID = ConfigKey.string(APPLICATION_ID_CONFIG)
            .required()
            .check(new ConfigCheck<>("1 to 150 of the characters a-z A-Z 0-9 . _ -", id -> LEGAL_ID.matcher(id)
                    .matches()))
            .doc("names the application: its consumer group, its internal topics and its state directory");
    static final ConfigKey<String> LOG_DIR = ConfigKey.string(LOG_DIR_CONFIG)
            .check(ConfigCheck.notBlank())
            .doc("directory of the event log, for an application that opens its own");
    static final ConfigKey<String> STATE_DIR = ConfigKey.string(STATE_DIR_CONFIG)
            .check(ConfigCheck.notBlank())
            .doc("directory of persistent stores; by default 'state' in the log directory, or for a log in memory a"
                    + " temporary directory that is removed on close");
    static final ConfigKey<Integer> NUM_STREAM_THREADS = ConfigKey.intNumber(NUM_STREAM_THREADS_CONFIG)
            .check(atLeast(1))
            .doc("worker threads; by default one per core, but not more than there are tasks");
    static final ConfigKey<Duration> COMMIT_INTERVAL = ConfigKey.duration(COMMIT_INTERVAL_MS_CONFIG)
            .defaultTo(Duration.ofMillis(100))
            .check(atLeast(Duration.ZERO))
            .doc("milliseconds between two commits");
    static final ConfigKey<Duration> POLL = ConfigKey.duration(POLL_MS_CONFIG)
            .defaultTo(Duration.ofMillis(100))
            .check(atLeast(Duration.ofMillis(1)))
            .doc("milliseconds that an idle worker waits for records at most before it looks at its other duties");
    static final ConfigKey<String> PROCESSING_GUARANTEE = ConfigKey.string(PROCESSING_GUARANTEE_CONFIG)
            .defaultTo(EXACTLY_ONCE_V2)
            .check(oneOf(EXACTLY_ONCE_V2, AT_LEAST_ONCE))
            .doc(
                    "what a crash may do: exactly_once_v2 undoes what was not committed, at_least_once repeats it upon what"
                            + " is there, and lets readers see outputs before the commit");
    static final ConfigKey<Long> UNCOMMITTED_MAX_BYTES = ConfigKey.longNumber(STATESTORE_UNCOMMITTED_MAX_BYTES_CONFIG)
            .defaultTo(64L * 1024 * 1024)
            .check(atLeast(-1L))
            .doc(
                    "bytes of memory that the uncommitted writes of all stores take at most; when a worker has used its share,"
                            + " it commits early; -1 for any number");

    @SuppressWarnings("rawtypes") // a class literal has no type arguments; read as Serde<?>
    static final ConfigKey<Serde> DEFAULT_KEY_SERDE = ConfigKey.instanceOf(DEFAULT_KEY_SERDE_CLASS_CONFIG, Serde.class)
            .doc("serde of keys where the topology gives none");

    @SuppressWarnings("rawtypes") // as above
    static final ConfigKey<Serde> DEFAULT_VALUE_SERDE = ConfigKey.instanceOf(
                    DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serde.class)
            .doc("serde of values where the topology gives none");

    static final ConfigKey<TimestampExtractor> DEFAULT_TIMESTAMP_EXTRACTOR = ConfigKey.instanceOf(
                    DEFAULT_TIMESTAMP_EXTRACTOR_CLASS_CONFIG, TimestampExtractor.class)
            .defaultTo(new FailOnInvalidTimestamp())
            .doc("finds the event time of records where the topology gives no extractor");
    static final ConfigKey<DeserializationExceptionHandler> DESERIALIZATION_HANDLER = ConfigKey.instanceOf(
                    DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeserializationExceptionHandler.class)
            .doc("decides what becomes of a record that does not deserialize; by default it stops the application");
    static final ConfigKey<DeserializationExceptionHandler> OLD_DESERIALIZATION_HANDLER = ConfigKey.instanceOf(
                    DEFAULT_DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DeserializationExceptionHandler.class)
            .doc("the older name of " + DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG);
    static final ConfigKey<ProcessingExceptionHandler> PROCESSING_HANDLER = ConfigKey.instanceOf(
                    PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, ProcessingExceptionHandler.class)
            .doc("decides what becomes of a record whose processing fails; by default it stops the application");
    static final ConfigKey<Boolean> PROCESSING_HANDLER_GLOBAL = ConfigKey.bool(
                    PROCESSING_EXCEPTION_HANDLER_GLOBAL_ENABLED_CONFIG)
            .defaultTo(false)
            .doc("whether " + PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG
                    + " is also asked about the processors of global stores, whose failure stops the application else");
    static final ConfigKey<ProductionExceptionHandler> PRODUCTION_HANDLER = ConfigKey.instanceOf(
                    PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, ProductionExceptionHandler.class)
            .doc(
                    "decides what becomes of an output record that cannot be written; by default it stops the application");
    static final ConfigKey<ProductionExceptionHandler> OLD_PRODUCTION_HANDLER = ConfigKey.instanceOf(
                    DEFAULT_PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG, ProductionExceptionHandler.class)
            .doc("the older name of " + PRODUCTION_EXCEPTION_HANDLER_CLASS_CONFIG);
    static final ConfigKey<String> DEAD_LETTER_TOPIC = ConfigKey.string(ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG)
            .check(ConfigCheck.notBlank())
            .doc("topic to which the ready-made handlers write the records that they drop");
    static final ConfigKey<ProcessorWrapper> PROCESSOR_WRAPPER = ConfigKey.instanceOf(
                    PROCESSOR_WRAPPER_CLASS_CONFIG, ProcessorWrapper.class)
            .doc("puts something of its own around every processor");
    static final ConfigKey<String> TOPOLOGY_CHANGES = ConfigKey.string(TOPOLOGY_CHANGES_CONFIG)
            .defaultTo(TOPOLOGY_CHANGES_REFUSE)
            .check(oneOf(TOPOLOGY_CHANGES_REFUSE, TOPOLOGY_CHANGES_ACCEPT))
            .doc(
                    "whether a topology that has changed since the last start may leave state behind: refuse stops the start, accept"
                            + " goes on without that state");
    static final ConfigKey<Duration> LOG_SUMMARY_INTERVAL = ConfigKey.duration(LOG_SUMMARY_INTERVAL_MS_CONFIG)
            .defaultTo(Duration.ofMinutes(1))
            .doc(
                    "milliseconds between two lines in the application's log that sum up what was done; none when not above 0");
    static final ConfigKey<Long> MAX_TASK_IDLE_MS = ConfigKey.longNumber(MAX_TASK_IDLE_MS_CONFIG)
            .defaultTo(0L)
            .check(atLeast(MAX_TASK_IDLE_MS_DISABLED))
            .doc("milliseconds that a task waits for new records of an input partition it has read to its end, to keep"
                    + " several inputs in time order; 0 waits only for records that are in the log already, -1 never");
    static final ConfigKey<Integer> BUFFERED_RECORDS = ConfigKey.intNumber(BUFFERED_RECORDS_PER_PARTITION_CONFIG)
            .defaultTo(1000)
            .check(atLeast(1))
            .doc("records buffered per input partition above which no more are read");
    static final ConfigKey<Long> STATESTORE_CACHE = ConfigKey.longNumber(STATESTORE_CACHE_MAX_BYTES_CONFIG)
            .defaultTo(10L * 1024 * 1024)
            .check(atLeast(0L))
            .doc(
                    "bytes for the caches of all stores, in which writes wait for the next commit or until memory runs short;"
                            + " 0 writes and forwards every update at once");
    static final ConfigKey<Long> OLD_STATESTORE_CACHE = ConfigKey.longNumber(CACHE_MAX_BYTES_BUFFERING)
            .defaultTo(10L * 1024 * 1024)
            .check(atLeast(0L))
            .doc("the older name of " + STATESTORE_CACHE_MAX_BYTES_CONFIG);
    static final ConfigKey<AutoOffsetReset> AUTO_OFFSET_RESET = ConfigKey.choice(
                    AUTO_OFFSET_RESET_CONFIG,
                    AutoOffsetReset.class,
                    Map.of(
                            "earliest", AutoOffsetReset.earliest(),
                            "latest", AutoOffsetReset.latest(),
                            "none", AutoOffsetReset.none()))
            .defaultTo(AutoOffsetReset.earliest())
            .doc("where to start in an input partition without committed offset");

    static final ConfigKey<String> APPLICATION_SERVER = ConfigKey.string(APPLICATION_SERVER_CONFIG)
            .check(new ConfigCheck<>(
                    "host:port",
                    server -> server.isBlank() || LEGAL_SERVER.matcher(server).matches()))
            .doc("host:port where the application can be asked about its stores; passed on in its metadata");

    static final ConfigKey<Long> ROCKSDB_MEMORY_BUDGET = ConfigKey.longNumber(ROCKSDB_MEMORY_BUDGET_CONFIG)
            .defaultTo(StoreConfig.DEFAULT_ROCKSDB_MEMORY_BUDGET)
            .check(atLeast(StoreConfig.MIN_ROCKSDB_MEMORY_BUDGET))
            .doc("bytes of native memory for blocks and write buffers of all persistent stores together");
    static final ConfigKey<Class<? extends Object>> ROCKSDB_CONFIG_SETTER = ConfigKey.classOf(
                    ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, Object.class)
            .doc("class that changes the options of RocksDB, an io.tailrace.stores.rocksdb.RocksDBConfigSetter");

    static final ConfigSchema SCHEMA = ConfigSchema.of(
                    APPLICATION_ID,
                    LOG_DIR,
                    STATE_DIR,
                    NUM_STREAM_THREADS,
                    COMMIT_INTERVAL,
                    POLL,
                    PROCESSING_GUARANTEE,
                    UNCOMMITTED_MAX_BYTES,
                    DEFAULT_KEY_SERDE,
                    DEFAULT_VALUE_SERDE,
                    DEFAULT_TIMESTAMP_EXTRACTOR,
                    DESERIALIZATION_HANDLER,
                    OLD_DESERIALIZATION_HANDLER,
                    PROCESSING_HANDLER,
                    PROCESSING_HANDLER_GLOBAL,
                    PRODUCTION_HANDLER,
                    OLD_PRODUCTION_HANDLER,
                    DEAD_LETTER_TOPIC,
                    PROCESSOR_WRAPPER,
                    TOPOLOGY_CHANGES,
                    LOG_SUMMARY_INTERVAL,
                    MAX_TASK_IDLE_MS,
                    BUFFERED_RECORDS,
                    STATESTORE_CACHE,
                    OLD_STATESTORE_CACHE,
                    AUTO_OFFSET_RESET,
                    APPLICATION_SERVER,
                    ROCKSDB_MEMORY_BUDGET,
                    ROCKSDB_CONFIG_SETTER)
            .passing(TOPIC_PREFIX, "configs of the changelog and repartition topics that are created");

    private StreamsKeys() {}
}
