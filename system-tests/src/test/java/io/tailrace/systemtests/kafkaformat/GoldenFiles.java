package io.tailrace.systemtests.kafkaformat;

import io.tailrace.log.api.Compression;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;

/**
 * The files in the resources beside this class, one directory each:
 *
 * <pre>
 *   tailrace-&lt;codec&gt;     {@link #records}, eight batches of them, as Tailrace stored them: several segments, the full ones with indexes
 *   kafka-&lt;codec&gt;        the same, stored by Kafka 4.3.1
 *   kafka-transactions   {@link #records}, the first half committed, the rest aborted, with .txnindex and .snapshot
 * </pre>
 *
 * {@link #main} makes those that are missing; what is there is never made again, so that today's code is held to what
 * earlier code wrote.
 */
final class GoldenFiles {
    static final long PRODUCER_ID = 4_711;
    static final short EPOCH = 3;
    static final int BATCHES = 8;
    private static final int SMALL_SEGMENT_BYTES = 4096;
    private static final int SEGMENT_BYTES = 1 << 20;

    private GoldenFiles() {}

    static List<Sample> records() {
        List<Sample> records = new ArrayList<>(Sample.ofEverySmallKind());
        records.addAll(Sample.some(10, 1)); // enough of the same for each codec to gain something
        return records;
    }

    static String name(String writer, Compression compression) {
        return writer + "-" + compression.name().toLowerCase(Locale.ROOT);
    }

    /** @param arguments the directory of the resources */
    public static void main(String[] arguments) throws IOException {
        Path resources = Path.of(arguments[0]);
        for (Compression compression : Compression.values()) {
            Path tailrace = resources.resolve(name("tailrace", compression));
            if (!Files.exists(tailrace)) {
                writeTailrace(tailrace, compression);
            }
            Path kafka = resources.resolve(name("kafka", compression));
            if (!Files.exists(kafka)) {
                writeKafka(kafka, compression);
            }
        }
        Path transactions = resources.resolve("kafka-transactions");
        if (!Files.exists(transactions)) {
            writeKafkaTransactions(transactions);
        }
    }

    private static void writeTailrace(Path target, Compression compression) throws IOException {
        Path home = Files.createTempDirectory("golden");
        try (TailracePartition partition = TailracePartition.open(home, SMALL_SEGMENT_BYTES)) {
            for (int i = 0; i < BATCHES; i++) {
                partition.append(records(), compression, 64 * 1024);
            }
        }
        keep(TailracePartition.directory(home), target);
    }

    private static void writeKafka(Path target, Compression compression) throws IOException {
        Path directory = Files.createTempDirectory("golden").resolve("exchange-0");
        try (KafkaPartition kafka = KafkaPartition.open(directory, SEGMENT_BYTES)) {
            for (int i = 0; i < BATCHES; i++) {
                kafka.append(MemoryRecords.withRecords(
                        TailraceReadsKafkaTest.kafkaCompression(compression),
                        TailraceReadsKafkaTest.toKafka(records())));
                if (i == BATCHES / 2) {
                    kafka.roll();
                }
            }
        }
        keep(directory, target);
    }

    private static void writeKafkaTransactions(Path target) throws IOException {
        Path directory = Files.createTempDirectory("golden").resolve("exchange-0");
        List<Sample> records = records();
        int half = records.size() / 2;
        try (KafkaPartition kafka = KafkaPartition.open(directory, SEGMENT_BYTES)) {
            kafka.append(transactional(0, records.subList(0, half)));
            kafka.appendMarker(marker(ControlRecordType.COMMIT));
            kafka.append(transactional(half, records.subList(half, records.size())));
            kafka.appendMarker(marker(ControlRecordType.ABORT));
        }
        keep(directory, target);
    }

    private static MemoryRecords transactional(int sequence, List<Sample> samples) {
        return MemoryRecords.withTransactionalRecords(
                TailraceReadsKafkaTest.kafkaCompression(Compression.NONE),
                PRODUCER_ID,
                EPOCH,
                sequence,
                TailraceReadsKafkaTest.toKafka(samples));
    }

    private static MemoryRecords marker(ControlRecordType type) {
        return MemoryRecords.withEndTransactionMarker(
                0, 5_000, 0, PRODUCER_ID, EPOCH, new EndTransactionMarker(type, 7));
    }

    private static void keep(Path directory, Path target) throws IOException {
        Files.createDirectories(target);
        for (String suffix : List.of(".log", ".index", ".timeindex", ".txnindex", ".snapshot")) {
            for (Path file : KafkaReadsTailraceTest.files(directory, suffix)) {
                Files.copy(file, target.resolve(String.valueOf(file.getFileName())));
            }
        }
    }
}
