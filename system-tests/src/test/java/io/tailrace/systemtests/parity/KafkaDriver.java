package io.tailrace.systemtests.parity;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.StateStore;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.SessionStore;
import org.apache.kafka.streams.state.ValueAndTimestamp;
import org.apache.kafka.streams.state.VersionedKeyValueStore;
import org.apache.kafka.streams.state.WindowStore;
import org.apache.kafka.streams.test.TestRecord;
import org.jspecify.annotations.Nullable;

/** Runs {@link KafkaPrograms} on a topology test driver. What is written is read as bytes, so serdes are compared as well. */
public final class KafkaDriver implements Driver {
    /** Of this process alone, so that two of them do not clean up for each other. */
    private static final String STATE_DIRECTORY = Path.of(
                    System.getProperty("java.io.tmpdir"),
                    "tailrace-parity-" + ProcessHandle.current().pid())
            .toString();

    @Override
    public Set<String> programs() {
        return KafkaPrograms.ALL.keySet();
    }

    @Override
    public List<String> inputs(String program) {
        return KafkaPrograms.inputs(program);
    }

    @Override
    public Outcome run(String program, List<Step> steps, boolean cached) {
        Properties config = config(cached);
        config.putAll(KafkaPrograms.configs(program));
        Topology topology = KafkaPrograms.build(program, config);
        Map<String, List<String>> records = new TreeMap<>();
        Map<String, List<String>> stores = new TreeMap<>();
        try (TopologyTestDriver driver = new TopologyTestDriver(topology, config, Instant.ofEpochMilli(0))) {
            boolean failed = false;
            for (int step = 0; step < steps.size() && !failed; step++) {
                try {
                    apply(steps.get(step), driver);
                } catch (StreamsException e) {
                    failed = true;
                    records.put("failure", List.of("step " + step + ": " + rootOf(e)));
                }
                if (!failed) {
                    collect(driver, step, records);
                }
            }
            if (!failed) {
                for (String name : driver.getAllStateStores().keySet()) {
                    stores.put(name, entries(driver, name));
                }
            }
        }
        return new Outcome(topology.describe().toString(), records, stores);
    }

    private static Throwable rootOf(Throwable failure) {
        Throwable cause = failure.getCause();
        return cause == null ? failure : rootOf(cause);
    }

    private static Properties config(boolean cached) {
        Properties config = new Properties();
        config.put(StreamsConfig.APPLICATION_ID_CONFIG, "parity");
        config.put(StreamsConfig.BOOTSTRAP_SERVERS_CONFIG, "none:9092");
        config.put(StreamsConfig.DEFAULT_KEY_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        config.put(StreamsConfig.DEFAULT_VALUE_SERDE_CLASS_CONFIG, Serdes.StringSerde.class);
        config.put(StreamsConfig.STATE_DIR_CONFIG, STATE_DIRECTORY);
        if (!cached) {
            config.put("statestore.cache.max.bytes", "0");
        }
        return config;
    }

    private static void apply(Step step, TopologyTestDriver driver) {
        if (step.topic() == null) {
            driver.advanceWallClockTime(Duration.ofMillis(step.timeMs()));
            return;
        }
        RecordHeaders headers = new RecordHeaders();
        if (step.header() != null) {
            headers.add("h", step.header().getBytes(StandardCharsets.UTF_8));
        }
        driver.createInputTopic(step.topic(), new StringSerializer(), new StringSerializer())
                .pipeInput(new TestRecord<>(step.key(), step.value(), headers, step.timeMs()));
    }

    private static void collect(TopologyTestDriver driver, int step, Map<String, List<String>> records) {
        for (String topic : driver.producedTopicNames()) {
            var output = driver.createOutputTopic(topic, new ByteArrayDeserializer(), new ByteArrayDeserializer());
            for (TestRecord<byte[], byte[]> written : output.readRecordsToList()) {
                StringBuilder headers = new StringBuilder();
                for (Header header : written.headers()) {
                    String text = text(header.value());
                    String shown = header.key().endsWith("stacktrace")
                            ? text.lines().findFirst().orElse("")
                            : text;
                    headers.append(' ').append(header.key()).append('=').append(shown);
                }
                records.computeIfAbsent(topic, name -> new ArrayList<>())
                        .add("step " + step + ": " + text(written.key()) + " -> " + text(written.value()) + " @ "
                                + written.timestamp() + headers);
            }
        }
    }

    private static List<String> entries(TopologyTestDriver driver, String name) {
        List<String> entries = new ArrayList<>();
        StateStore store = driver.getAllStateStores().get(name);
        if (store instanceof KeyValueStore<?, ?> keyValues) {
            addAll(keyValues.all(), entries);
            addAll(driver.getKeyValueStore(name).all(), entries);
        } else if (store instanceof WindowStore<?, ?> windows) {
            addAll(windows.all(), entries);
            addAll(driver.getWindowStore(name).all(), entries);
        } else if (store instanceof SessionStore<?, ?> sessions) {
            addAll(sessions.fetch(null, null), entries);
            addAll(driver.getSessionStore(name).fetch(null, null), entries);
        } else if (store instanceof VersionedKeyValueStore<?, ?>) {
            VersionedKeyValueStore<String, Object> versions = driver.getVersionedKeyValueStore(name);
            for (String key : List.of("a", "b", "c")) {
                entries.add(key + " -> " + shown(versions.get(key)));
            }
        } else {
            throw new IllegalStateException("store " + name + " is of no kind that is compared here");
        }
        entries.sort(null);
        return entries;
    }

    private static <K, V> void addAll(KeyValueIterator<K, V> iterator, List<String> entries) {
        try (iterator) {
            iterator.forEachRemaining(entry -> entries.add(entry.key + " -> " + shown(entry.value)));
        }
    }

    private static String shown(@Nullable Object value) {
        return value instanceof ValueAndTimestamp<?> timestamped
                ? timestamped.value() + " @ " + timestamped.timestamp()
                : KafkaStorePrograms.shown(value);
    }

    private static String text(byte @Nullable [] bytes) {
        if (bytes == null) {
            return "null";
        }
        for (byte b : bytes) {
            if (b < ' ' && b != '\n' && b != '\t') {
                return Arrays.toString(bytes);
            }
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
