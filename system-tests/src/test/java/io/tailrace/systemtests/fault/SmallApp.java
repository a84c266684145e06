package io.tailrace.systemtests.fault;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.ProducerRecord;
import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.TailraceException;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.LogOptions;
import io.tailrace.log.api.ConsumerGroupMetadata;
import io.tailrace.log.api.Durability;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.MaintenanceConfig;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.storage.Storage;
import io.tailrace.processor.api.ContextualProcessor;
import io.tailrace.processor.api.Record;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.runtime.engine.EngineListeners;
import io.tailrace.runtime.engine.StreamsEngine;
import io.tailrace.runtime.worker.Worker;
import io.tailrace.samples.log.SampleTopics;
import io.tailrace.serde.Serdes;
import io.tailrace.state.KeyValueStore;
import io.tailrace.stores.Stores;
import io.tailrace.topology.Topology;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/**
 * Numbers go from {@code in} by another key to {@code between}, where they are counted per key, and the counts to {@code out}; fed
 * and committed a few at a time. Owner: one thread; everything happens on it.
 */
final class SmallApp {
    static final int NUMBERS = 8;

    private static final String ID = "small";
    private static final int KEYS = 3;
    private static final int NUMBERS_PER_STEP = 2;
    private static final int MOST_FAILURES = 20;
    private static final ConsumerGroupMetadata FEEDER = new ConsumerGroupMetadata("feeder");
    private static final TopicPartition FED = new TopicPartition("in", 0);
    private static final MaintenanceConfig BY_HAND = MaintenanceConfig.DEFAULT.withInterval(Duration.ZERO);

    private final LogOptions options;
    private final StreamsConfig config;
    private final boolean persistent;
    private final Path stateDirectory;
    private int failures;

    SmallApp(Path stateDirectory, boolean persistent, Durability durability) {
        this.options = LogOptions.DEFAULT
                .withAutoCreateTopics(false)
                .withMaintenance(BY_HAND)
                .withDurability(durability);
        this.config = StreamsConfig.builder()
                .applicationId(ID)
                .stateDir(stateDirectory)
                .numStreamThreads(1)
                .commitInterval(Duration.ofDays(1))
                .build();
        this.persistent = persistent;
        this.stateDirectory = stateDirectory;
    }

    private static final class Counter extends ContextualProcessor<String, String, String, String> {
        @Override
        public void process(Record<String, String> record) {
            KeyValueStore<String, String> store = context().getStateStore("counts");
            String key = Objects.requireNonNull(record.key());
            String before = store.get(key);
            String count = Integer.toString(before == null ? 1 : Integer.parseInt(before) + 1);
            store.put(key, count);
            context().forward(record.withValue(count));
        }
    }

    private static final class OtherKey extends ContextualProcessor<String, String, String, String> {
        @Override
        public void process(Record<String, String> record) {
            int number = Integer.parseInt(Objects.requireNonNull(record.value()));
            context().forward(record.withKey("key" + number % KEYS));
        }
    }

    private Topology topology() {
        var text = Serdes.String();
        return new Topology()
                .addSource("numbers", text.deserializer(), text.deserializer(), "in")
                .addProcessor("other key", OtherKey::new, "numbers")
                .addSink("away", "between", text.serializer(), text.serializer(), "other key")
                .addSource("again", text.deserializer(), text.deserializer(), "between")
                .addProcessor("counter", Counter::new, "again")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                persistent
                                        ? Stores.persistentKeyValueStore("counts")
                                        : Stores.inMemoryKeyValueStore("counts"),
                                text,
                                text),
                        "counter")
                .addSink("sink", "out", text.serializer(), text.serializer(), "counter");
    }

    /** Makes the log and its topics. */
    void prepare(Storage disk) {
        try (EventLog log = EmbeddedLog.open(disk, options)) {
            log.admin().createTopic(new NewTopic("in", 1));
            log.admin().createTopic(new NewTopic("between", 2));
            log.admin().createTopic(new NewTopic("out", 1));
        }
    }

    Path stateDirectory() {
        return stateDirectory;
    }

    /** How often something has failed. */
    int failures() {
        return failures;
    }

    /**
     * A process that works until every number is processed. After a failure the app is opened again on the same log, and when that does
     * not help, the log is closed, too, and the process ends.
     *
     * @return whether it has come to the end
     */
    boolean live(Storage disk) {
        EventLog log;
        try {
            log = EmbeddedLog.open(disk, options);
        } catch (TailraceException e) {
            failed(e);
            return false;
        }
        boolean done = work(log);
        if (!done) {
            done = work(log); // the fault may be over
        }
        try {
            log.close();
        } catch (TailraceException e) {
            failed(e);
            return false;
        }
        return done;
    }

    private void failed(TailraceException failure) {
        failures++;
        if (failures > MOST_FAILURES) {
            throw new IllegalStateException("it does not stop to fail", failure);
        }
    }

    private boolean work(EventLog log) {
        try (StreamsEngine engine =
                StreamsEngine.open(topology().graph(), config, log, Time.SYSTEM, EngineListeners.none())) {
            Worker worker = Objects.requireNonNull(engine.openWorker(0, () -> false));
            boolean closing = false;
            try {
                settle(worker);
                while (feed(log)) {
                    settle(worker);
                }
                closing = true;
                worker.close();
                return true;
            } catch (TailraceException e) {
                failed(e);
                if (!closing) {
                    abandon(worker);
                }
                return false;
            }
        } catch (TailraceException e) {
            failed(e);
            return false;
        }
    }

    private void abandon(Worker worker) {
        try {
            worker.abandon();
        } catch (TailraceException e) {
            failed(e);
        }
    }

    private static void settle(Worker worker) {
        while (worker.runOnce() > 0 || worker.commit()) {}
    }

    /** Sends some numbers, in one transaction with how far it got; false when there are no more. */
    private static boolean feed(EventLog log) {
        OffsetAndMetadata fed = log.admin().committedOffsets(FEEDER.groupId()).get(FED);
        long next = fed == null ? 0 : fed.offset();
        if (next == NUMBERS) {
            return false;
        }
        try (Producer<String, String> producer = log.newProducer(
                ProducerConfig.DEFAULT.withTransactionalId(FEEDER.groupId()).withLinger(Duration.ofHours(1)),
                Serdes.String().serializer(),
                Serdes.String().serializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            for (long number = next; number < next + NUMBERS_PER_STEP; number++) {
                producer.post(new ProducerRecord<>("in", 0, number, "k", Long.toString(number)));
            }
            producer.sendOffsetsToTransaction(Map.of(FED, new OffsetAndMetadata(next + NUMBERS_PER_STEP)), FEEDER);
            producer.commitTransaction();
        }
        return true;
    }

    /** What is wrong with what was made of the numbers; empty when nothing is. */
    List<String> check(Storage disk) {
        List<String> wrong = new ArrayList<>();
        try (EventLog log = EmbeddedLog.open(disk, options)) {
            List<String> numbers = new ArrayList<>();
            Map<String, List<String>> counts = new TreeMap<>();
            for (int number = 0; number < NUMBERS; number++) {
                numbers.add(Integer.toString(number));
                List<String> counted = counts.computeIfAbsent("key" + number % KEYS, key -> new ArrayList<>());
                counted.add(Integer.toString(counted.size() + 1));
            }
            expect(Map.of("k", numbers), log, "in", wrong);
            expect(counts, log, "out", wrong);
            expect(counts, log, ID + "-counts-changelog", wrong);
        }
        return wrong;
    }

    private static void expect(Map<String, List<String>> expected, EventLog log, String topic, List<String> wrong) {
        Map<String, List<String>> found = new TreeMap<>();
        var text = Serdes.String().deserializer();
        SampleTopics.read(log, topic, text, text, (ConsumerRecord<String, String> record) -> found.computeIfAbsent(
                        record.key(), key -> new ArrayList<>())
                .add(record.value()));
        if (!found.equals(expected)) {
            wrong.add("topic " + topic + " has " + found + ", expected " + expected);
        }
    }
}
