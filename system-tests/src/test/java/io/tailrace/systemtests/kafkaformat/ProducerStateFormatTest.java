package io.tailrace.systemtests.kafkaformat;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.log.partition.AbortedTransaction;
import io.tailrace.log.partition.Partition;
import io.tailrace.log.partition.PartitionConfig;
import io.tailrace.log.partition.ProducerInfo;
import io.tailrace.log.partition.RecoveryListener;
import io.tailrace.log.record.BatchWriter;
import io.tailrace.log.record.ProducerStamp;
import io.tailrace.log.storage.FileStorage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.compress.NoCompression;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.MemoryRecords;
import org.apache.kafka.common.record.internal.SimpleRecord;
import org.apache.kafka.server.storage.log.FetchIsolation;
import org.apache.kafka.storage.internals.log.AbortedTxn;
import org.apache.kafka.storage.internals.log.ProducerStateEntry;
import org.apache.kafka.storage.internals.log.ProducerStateManager;
import org.apache.kafka.storage.internals.log.TransactionIndex;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Idempotent producers, transactions, {@code .snapshot} and {@code .txnindex}: both sides know the same. */
class ProducerStateFormatTest {
    private static final int SEGMENT_BYTES = 2_000;
    private static final String DIRECTORY = "exchange-0";
    /** In the year 2100: a broker forgets producers whose batches are old by its clock. */
    private static final long TIMESTAMP = 4_102_444_800_000L;

    @TempDir
    Path home;

    @Test
    void shouldLetABrokerKnowTheSame() throws IOException {
        List<ProducerInfo> producers;
        List<AbortedTransaction> aborted;
        long stable;
        try (FileStorage storage = FileStorage.open(home);
                Partition partition = open(storage)) {
            write(partition);
            producers = partition.producers();
            stable = partition.lastStableOffset();
            aborted = partition.abortedTransactions(0, stable);
        }
        assertThat(aborted).hasSizeGreaterThan(10);
        assertThat(indexed()).isEqualTo(aborted);
        assertThat(snapshot()).containsExactlyInAnyOrderElementsOf(producers);

        try (KafkaPartition kafka = KafkaPartition.open(home.resolve(DIRECTORY), SEGMENT_BYTES)) {
            assertThat(kafka.lastStableOffset()).isEqualTo(stable);
            assertThat(known(kafka)).containsExactlyInAnyOrderElementsOf(producers);
            List<Long> first = new ArrayList<>();
            kafka.log()
                    .read(0, 1_000_000, FetchIsolation.TXN_COMMITTED, true)
                    .abortedTransactions
                    .orElseThrow()
                    .forEach(transaction -> first.add(transaction.firstOffset()));
            assertThat(first).isNotEmpty();
            assertThat(aborted.stream().map(AbortedTransaction::firstOffset).toList())
                    .containsAll(first);
        }
    }

    @Test
    void shouldKnowWhatABrokerKnows() throws IOException {
        List<ProducerInfo> producers;
        List<AbortedTransaction> aborted;
        long stable;
        try (KafkaPartition kafka = openKafka()) {
            for (int i = 0; i < 40; i++) {
                kafka.append(MemoryRecords.withIdempotentRecords(NoCompression.NONE, 8, (short) 2, i, record(i)));
                kafka.append(MemoryRecords.withTransactionalRecords(
                        NoCompression.NONE, 7, (short) 3, 2 * i, record(i), record(i)));
                ControlRecordType type = i % 3 == 0 ? ControlRecordType.COMMIT : ControlRecordType.ABORT;
                kafka.appendMarker(
                        MemoryRecords.withEndTransactionMarker(7, (short) 3, new EndTransactionMarker(type, 5)));
            }
            kafka.append(MemoryRecords.withTransactionalRecords(NoCompression.NONE, 9, (short) 0, 0, record(1)));
            producers = known(kafka);
            stable = kafka.lastStableOffset();
            aborted = indexed();
        }
        assertThat(aborted).hasSizeGreaterThan(20);
        try (FileStorage storage = FileStorage.open(home);
                Partition partition = open(storage)) {
            assertThat(partition.producers()).containsExactlyInAnyOrderElementsOf(producers);
            assertThat(partition.lastStableOffset()).isEqualTo(stable);
            assertThat(partition.abortedTransactions(0, stable)).isEqualTo(aborted);
            long end = partition.logEndOffset();
            assertThat(partition.append(batch(8, 2, 39, false, "again"))).isLessThan(end);
            assertThat(partition.append(batch(8, 2, 40, false, "next"))).isEqualTo(end);
        }
    }

    @Test
    void shouldTakeTurnsWithABroker() throws IOException {
        for (int turn = 0; turn < 3; turn++) {
            try (FileStorage storage = FileStorage.open(home);
                    Partition partition = open(storage)) {
                for (int i = 0; i < 5; i++) {
                    partition.append(batch(7, 20 * turn + i, 0, true, "a", "b"));
                    partition.endTransaction(7, (short) (20 * turn + i + 1), i % 2 == 0, 0, TIMESTAMP);
                }
            }
            try (KafkaPartition kafka = openKafka()) {
                short epoch = (short) (20 * turn + 10);
                for (int i = 0; i < 5; i++) {
                    kafka.append(MemoryRecords.withTransactionalRecords(NoCompression.NONE, 7, epoch, i, record(i)));
                    kafka.appendMarker(MemoryRecords.withEndTransactionMarker(
                            7, epoch, new EndTransactionMarker(ControlRecordType.ABORT, 0)));
                }
                assertThat(kafka.lastStableOffset()).isEqualTo(kafka.endOffset());
                assertThat(indexed()).hasSize(7 * (turn + 1));
            }
        }
        try (FileStorage storage = FileStorage.open(home);
                Partition partition = open(storage)) {
            assertThat(partition.abortedTransactions(0, partition.lastStableOffset()))
                    .hasSize(21);
        }
    }

    private static Partition open(FileStorage storage) {
        PartitionConfig config = PartitionConfig.DEFAULT.withSegmentBytes(SEGMENT_BYTES);
        return Partition.open(storage, DIRECTORY, new TopicPartition("exchange", 0), config, RecoveryListener.NONE);
    }

    private KafkaPartition openKafka() throws IOException {
        return KafkaPartition.open(Files.createDirectories(home.resolve(DIRECTORY)), SEGMENT_BYTES);
    }

    private static void write(Partition partition) {
        for (int i = 0; i < 40; i++) {
            partition.append(batch(8, 0, i, false, "idempotent " + i));
            partition.append(batch(7, i, 0, true, "transactional " + i, "and another"));
            partition.endTransaction(7, (short) (i + 1), i % 3 == 0, 5, TIMESTAMP + i);
        }
        partition.append(batch(9, 0, 0, true, "open"));
        partition.append(batch(8, 0, 40, false, "behind"));
    }

    private static ByteBuffer batch(long producer, int epoch, int sequence, boolean transactional, String... values) {
        BatchWriter writer = new BatchWriter(10_000);
        for (String value : values) {
            writer.tryAppend(TIMESTAMP, null, value.getBytes(StandardCharsets.UTF_8), new RecordHeaders());
        }
        return writer.finish(new ProducerStamp(producer, (short) epoch, sequence, transactional));
    }

    private static SimpleRecord record(int number) {
        return new SimpleRecord(TIMESTAMP + number, ("value " + number).getBytes(StandardCharsets.UTF_8));
    }

    private static List<ProducerInfo> known(KafkaPartition kafka) {
        return kafka.log().producerStateManager().activeProducers().values().stream()
                .map(ProducerStateFormatTest::info)
                .toList();
    }

    private static ProducerInfo info(ProducerStateEntry entry) {
        return new ProducerInfo(
                entry.producerId(),
                entry.producerEpoch(),
                entry.batchMetadata().stream()
                        .mapToInt(batch -> batch.lastSeq())
                        .reduce(-1, (before, last) -> last),
                entry.lastTimestamp(),
                entry.coordinatorEpoch(),
                entry.currentTxnFirstOffset().orElse(-1));
    }

    /** As Kafka's class reads the newest file. */
    private List<ProducerInfo> snapshot() throws IOException {
        List<Path> files = KafkaReadsTailraceTest.files(home.resolve(DIRECTORY), ".snapshot");
        return ProducerStateManager.readSnapshot(files.get(files.size() - 1).toFile()).stream()
                .map(ProducerStateFormatTest::info)
                .toList();
    }

    /** As Kafka's class reads all files. */
    private List<AbortedTransaction> indexed() throws IOException {
        List<AbortedTransaction> found = new ArrayList<>();
        for (Path file : KafkaReadsTailraceTest.files(home.resolve(DIRECTORY), ".txnindex")) {
            String name = String.valueOf(file.getFileName());
            try (TransactionIndex index = new TransactionIndex(Long.parseLong(name.substring(0, 20)), file.toFile())) {
                index.sanityCheck();
                for (AbortedTxn entry : index.allAbortedTxns()) {
                    found.add(new AbortedTransaction(
                            entry.producerId(), entry.firstOffset(), entry.lastOffset(), entry.lastStableOffset()));
                }
            }
        }
        return found;
    }
}
