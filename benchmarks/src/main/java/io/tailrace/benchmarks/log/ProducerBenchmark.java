package io.tailrace.benchmarks.log;

import io.tailrace.common.ProducerRecord;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.serde.ByteArraySerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
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
 * How many keyed records does one thread append to one partition, through the producer?
 *
 * <p>Unit: records per second. Each invocation sends a fixed number of records to a new topic and flushes, so neither disk
 * nor memory fills.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class ProducerBenchmark {

    private static final int RECORDS = 100_000;
    private static final int KEY_BYTES = 8;
    private static final String TOPIC = "bench";

    /** Key and value together, in bytes. */
    @Param({"100", "1000"})
    public int recordBytes;

    @Param({"memory", "file"})
    public String storage = "";

    private List<ProducerRecord<byte[], byte[]>> records = List.of();
    private Path directory = Path.of("");
    private EventLog log = EmbeddedLog.inMemory();
    private Producer<byte[], byte[]> producer =
            log.newProducer(ProducerConfig.DEFAULT, new ByteArraySerializer(), new ByteArraySerializer());

    @Setup(Level.Iteration)
    public void open() throws IOException {
        close();
        directory = Files.createTempDirectory("tailrace-bench");
        log = storage.equals("file") ? EmbeddedLog.open(directory) : EmbeddedLog.inMemory();
        producer = log.newProducer(ProducerConfig.DEFAULT, new ByteArraySerializer(), new ByteArraySerializer());
        byte[] value = new byte[recordBytes - KEY_BYTES];
        records = Stream.iterate(0L, key -> key + 1)
                .limit(1024)
                .map(key -> new ProducerRecord<>(
                        TOPIC, ByteBuffer.allocate(KEY_BYTES).putLong(key).array(), value))
                .toList();
    }

    @Setup(Level.Invocation)
    public void newTopic() {
        if (log.admin().findTopic(TOPIC).isPresent()) {
            log.admin().deleteTopic(TOPIC);
        }
        log.admin().createTopic(new NewTopic(TOPIC, 1));
    }

    @Benchmark
    @OperationsPerInvocation(RECORDS)
    public void post() {
        for (int i = 0; i < RECORDS; i++) {
            producer.post(records.get(i & 1023));
        }
        producer.flush();
    }

    @TearDown(Level.Iteration)
    public void close() throws IOException {
        producer.close();
        log.close();
        if (!directory.toString().isEmpty() && Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
