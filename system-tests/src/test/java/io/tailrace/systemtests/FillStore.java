package io.tailrace.systemtests;

import io.tailrace.common.ProducerRecord;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.processor.api.ContextualProcessor;
import io.tailrace.processor.api.Record;
import io.tailrace.query.QueryResult;
import io.tailrace.query.StateQueryRequest;
import io.tailrace.runtime.StreamsApp;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.serde.ByteArraySerializer;
import io.tailrace.serde.LongSerializer;
import io.tailrace.serde.Serdes;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.query.KeyQuery;
import io.tailrace.state.query.RangeQuery;
import io.tailrace.stores.Stores;
import io.tailrace.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;

/**
 * An application that keeps many keys in a RocksDB store with all settings at their defaults, reads some of them at random and
 * all of them in order, and tells how much memory its process took at most. Arguments: directory, number of keys, of reads.
 */
final class FillStore {
    static final int VALUE_BYTES = 100;

    private static final String STORE = "kept";
    private static final int PARTITIONS = 4;
    private static final Duration PATIENCE = Duration.ofMinutes(30);

    private FillStore() {}

    private static final class Keeper extends ContextualProcessor<Long, byte[], Void, Void> {
        @Override
        public void process(Record<Long, byte[]> record) {
            KeyValueStore<Long, byte[]> store = context().getStateStore(STORE);
            store.put(Objects.requireNonNull(record.key()), record.value());
        }
    }

    @SuppressWarnings("SystemOut")
    public static void main(String[] args) throws IOException {
        int keys = Integer.parseInt(args[1]);
        int reads = Integer.parseInt(args[2]);
        Topology topology = new Topology()
                .addSource("source", "in")
                .addProcessor("keeper", Keeper::new, "source")
                .addStateStore(
                        Stores.keyValueStoreBuilder(
                                Stores.persistentKeyValueStore(STORE), Serdes.Long(), Serdes.ByteArray()),
                        "keeper");
        StreamsConfig config = StreamsConfig.builder()
                .applicationId("memory")
                .defaultKeySerde(Serdes.Long())
                .defaultValueSerde(Serdes.ByteArray())
                .build();
        try (EventLog log = EmbeddedLog.open(Path.of(args[0]))) {
            log.admin().createTopic(new NewTopic("in", PARTITIONS, Map.of("retention.ms", "-1")));
            try (StreamsApp app = new StreamsApp(topology, config, log)) {
                app.start();
                produce(log, keys);
                if (!app.awaitIdle(PATIENCE)) {
                    throw new IllegalStateException("not done after " + PATIENCE);
                }
                System.out.println("found=" + readAtRandom(app, keys, reads));
                System.out.println("scanned=" + scan(app));
            }
        }
        System.out.println("peak-rss-kb=" + status("VmHWM"));
        System.out.println("files-rss-kb=" + status("RssFile"));
    }

    /** Random bytes, so that nothing is saved by compression. */
    private static byte[] value(long key) {
        byte[] value = new byte[VALUE_BYTES];
        new SplittableRandom(key).nextBytes(value);
        return value;
    }

    private static void produce(EventLog log, int keys) {
        try (Producer<Long, byte[]> producer =
                log.newProducer(ProducerConfig.DEFAULT, new LongSerializer(), new ByteArraySerializer())) {
            SplittableRandom random = new SplittableRandom(1);
            long offset = random.nextInt(keys);
            for (int i = 0; i < keys; i++) {
                long key = (i * 7_919L + offset) % keys; // every key once, not in order: 7,919 is prime
                producer.post(new ProducerRecord<>("in", null, 0L, key, value(key)));
            }
        }
    }

    private static int readAtRandom(StreamsApp app, int keys, int reads) {
        SplittableRandom random = new SplittableRandom(2);
        int found = 0;
        for (int i = 0; i < reads; i++) {
            long key = random.nextInt(keys);
            QueryResult<byte[]> answer = app.query(
                            StateQueryRequest.inStore(STORE).withQuery(KeyQuery.<Long, byte[]>withKey(key)))
                    .getOnlyPartitionResult();
            if (answer != null && Arrays.equals(answer.getResult(), value(key))) {
                found++;
            }
        }
        return found;
    }

    private static long scan(StreamsApp app) {
        long scanned = 0;
        for (QueryResult<KeyValueIterator<Long, byte[]>> answer : app.query(
                        StateQueryRequest.inStore(STORE).withQuery(RangeQuery.<Long, byte[]>withNoBounds()))
                .getPartitionResults()
                .values()) {
            try (KeyValueIterator<Long, byte[]> entries = Objects.requireNonNull(answer.getResult())) {
                while (entries.hasNext()) {
                    entries.next();
                    scanned++;
                }
            }
        }
        return scanned;
    }

    /** In kB, as Linux tells of this process. */
    private static long status(String name) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
                .findFirst()
                .orElseThrow(() -> new IOException("no " + name + " in /proc/self/status"));
    }
}
