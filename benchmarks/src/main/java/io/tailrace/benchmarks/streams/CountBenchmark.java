package io.tailrace.benchmarks.streams;

import io.tailrace.common.Bytes;
import io.tailrace.common.ProducerRecord;
import io.tailrace.dsl.StreamsBuilder;
import io.tailrace.kstream.Consumed;
import io.tailrace.kstream.Materialized;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.runtime.StreamsApp;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.serde.ByteArraySerializer;
import io.tailrace.serde.LongSerializer;
import io.tailrace.serde.Serdes;
import io.tailrace.state.KeyValueStore;
import io.tailrace.stores.BuiltInDslStoreSuppliers;
import io.tailrace.stores.DslStoreSuppliers;
import io.tailrace.topology.Topology;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How many records per second does a keyed count process, on the file log, changelog and commits included?
 *
 * <p>100-byte records, 100,000 uniform keys, one partition, one worker, every update sent on. The records are in the log
 * before the clock starts; each iteration has a new log, and counts all of them once.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(1)
public class CountBenchmark {

    private static final int RECORDS = 500_000;
    private static final int KEYS = 100_000;
    private static final int VALUE_BYTES = 92;
    private static final long SEED = 42;

    @Param({"rocksdb", "memory"})
    public String store = "";

    private Path directory = Path.of("");
    private EventLog log = EmbeddedLog.inMemory();

    @Setup(Level.Iteration)
    public void load() throws IOException {
        log.close();
        directory = Files.createTempDirectory("tailrace-bench");
        log = EmbeddedLog.open(directory);
        log.admin().createTopic(new NewTopic("in", 1));
        log.admin().createTopic(new NewTopic("out", 1));
        SplittableRandom random = new SplittableRandom(SEED);
        byte[] value = new byte[VALUE_BYTES];
        try (Producer<Long, byte[]> producer =
                log.newProducer(ProducerConfig.DEFAULT, new LongSerializer(), new ByteArraySerializer())) {
            for (int i = 0; i < RECORDS; i++) {
                producer.post(new ProducerRecord<>("in", 0, (long) i, random.nextLong(KEYS), value));
            }
        }
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void count() {
        StreamsConfig config = StreamsConfig.builder()
                .applicationId("count")
                .defaultKeySerde(Serdes.Long())
                .defaultValueSerde(Serdes.Long())
                .stateStoreCacheMaxBytes(0)
                .build();
        try (StreamsApp app = new StreamsApp(topology(), config, log)) {
            app.start();
            if (!app.awaitIdle(Duration.ofMinutes(5))) {
                throw new IllegalStateException("the count did not end within 5 minutes");
            }
        }
    }

    private Topology topology() {
        DslStoreSuppliers suppliers =
                store.equals("rocksdb") ? BuiltInDslStoreSuppliers.ROCKS_DB : BuiltInDslStoreSuppliers.IN_MEMORY;
        StreamsBuilder builder = new StreamsBuilder();
        builder.stream("in", Consumed.with(Serdes.Long(), Serdes.ByteArray()))
                .groupByKey()
                .count(Materialized.<Long, Long, KeyValueStore<Bytes, byte[]>>as("counts")
                        .withStoreType(suppliers))
                .toStream()
                .to("out");
        return builder.build();
    }

    @TearDown(Level.Iteration)
    public void clear() throws IOException {
        log.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
