package io.tailrace.systemtests.kafkaformat;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.Compression;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.ConsumerGroupMetadata;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.serde.ByteArraySerializer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.EndTransactionMarker;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.common.record.internal.RecordBatch;
import org.apache.kafka.coordinator.common.runtime.CoordinatorRecord;
import org.apache.kafka.coordinator.group.GroupCoordinatorRecordSerde;
import org.apache.kafka.coordinator.group.generated.OffsetCommitKey;
import org.apache.kafka.coordinator.group.generated.OffsetCommitValue;
import org.apache.kafka.coordinator.transaction.TransactionCoordinatorRecordSerde;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogKey;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogValue;
import org.apache.kafka.storage.internals.log.AbortedTxn;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Transactions that Tailrace's producer wrote, as Kafka's log and its coordinators read them. */
class TransactionsFormatTest {
    private static final String ID = "größe";
    private static final int SEGMENT_BYTES = 1 << 20;
    private static final byte COMPLETE_COMMIT = 4;
    private static final byte COMPLETE_ABORT = 5;

    @TempDir
    Path home;

    private final List<Sample> samples = Sample.some(90, 1);

    /** Records 0..29 committed, 30..59 aborted, 60..89 committed together with offsets of a group. */
    private void write(Compression compression) {
        TailracePartition.open(home, SEGMENT_BYTES).close();
        try (EmbeddedLog log = EmbeddedLog.open(home)) {
            log.admin().createTopic(new NewTopic("source", 1));
            try (Producer<byte[], byte[]> producer = log.newProducer(
                    ProducerConfig.DEFAULT.withTransactionalId(ID).withCompression(compression),
                    new ByteArraySerializer(),
                    new ByteArraySerializer())) {
                producer.initTransactions();
                transaction(producer, 0);
                producer.commitTransaction();
                transaction(producer, 30);
                producer.abortTransaction();
                transaction(producer, 60);
                producer.sendOffsetsToTransaction(
                        Map.of(new TopicPartition("source", 0), new OffsetAndMetadata(17, "m")),
                        new ConsumerGroupMetadata("group"));
                producer.commitTransaction();
            }
        }
    }

    private void transaction(Producer<byte[], byte[]> producer, int from) {
        producer.beginTransaction();
        for (Sample sample : samples.subList(from, from + 30)) {
            producer.post(sample.toTailrace(TailracePartition.TOPIC));
        }
        producer.flush(); // or what is aborted would never be in the log
    }

    /** Each transaction is followed by its marker, which takes an offset. */
    private List<Row> rows(int from) {
        return Sample.rows(samples.subList(from, from + 30), from + from / 30);
    }

    @ParameterizedTest
    @EnumSource
    void shouldLetABrokerTellCommittedFromAborted(Compression compression) throws IOException {
        write(compression);
        try (KafkaPartition kafka = KafkaPartition.open(TailracePartition.directory(home), SEGMENT_BYTES)) {
            List<Row> expected = new ArrayList<>(rows(0));
            expected.addAll(rows(30));
            expected.addAll(rows(60));
            assertThat(kafka.rows()).isEqualTo(expected);
            assertThat(kafka.endOffset()).isEqualTo(93);
            assertThat(kafka.lastStableOffset()).isEqualTo(93);

            List<ControlRecordType> markers = new ArrayList<>();
            for (RecordBatch batch : kafka.batches()) {
                assertThat(batch.isTransactional()).isTrue();
                if (batch.isControlBatch()) {
                    Record record = batch.iterator().next();
                    EndTransactionMarker.deserialize(record);
                    markers.add(ControlRecordType.parse(record.key()));
                }
            }
            assertThat(markers)
                    .containsExactly(ControlRecordType.COMMIT, ControlRecordType.ABORT, ControlRecordType.COMMIT);
            assertThat(kafka.log().collectAbortedTransactions(0, 93))
                    .extracting(AbortedTxn::firstOffset, AbortedTxn::lastOffset)
                    .containsExactly(org.assertj.core.groups.Tuple.tuple(31L, 61L));
        }
    }

    @Test
    void shouldLetTheDumpToolPrintTransactions() throws IOException {
        write(Compression.NONE);
        List<Path> files = KafkaReadsTailraceTest.files(TailracePartition.directory(home), ".log");
        String printed = DumpTool.run(files, "--deep-iteration", "--print-data-log");
        assertThat(printed.lines().filter(line -> line.contains("endTxnMarker: COMMIT")))
                .hasSize(2);
        assertThat(printed.lines().filter(line -> line.contains("endTxnMarker: ABORT")))
                .hasSize(1);
        assertThat(DumpTool.complaints(printed)).isEmpty();
    }

    @Test
    void shouldLetTheTransactionCoordinatorReadTheStateOfTransactions() throws IOException {
        write(Compression.NONE);
        List<TransactionLogValue> states = new ArrayList<>();
        for (CoordinatorRecord record : records("__transaction_state-")) {
            assertThat(record.key()).isEqualTo(new TransactionLogKey().setTransactionalId(ID));
            states.add((TransactionLogValue) record.value().message());
        }
        assertThat(states).allSatisfy(state -> {
            assertThat(state.producerId()).isNotNegative();
            assertThat(state.transactionTimeoutMs()).isPositive();
        });
        assertThat(states)
                .extracting(TransactionLogValue::transactionStatus)
                .contains(COMPLETE_COMMIT, COMPLETE_ABORT)
                .endsWith(COMPLETE_COMMIT);
        assertThat(states)
                .flatExtracting(
                        state -> state.transactionPartitions() == null ? List.of() : state.transactionPartitions())
                .extracting("topic")
                .contains(TailracePartition.TOPIC, "__consumer_offsets");
        assertThat(DumpTool.run(files("__transaction_state-"), "--transaction-log-decoder"))
                .contains("\"transactionalId\":\"" + ID + "\"");
    }

    @Test
    void shouldLetTheGroupCoordinatorReadTheOffsetsOfATransaction() throws IOException {
        write(Compression.NONE);
        Map<OffsetCommitKey, List<Long>> offsets = records("__consumer_offsets-").stream()
                .collect(groupingBy(
                        record -> (OffsetCommitKey) record.key(),
                        mapping(record -> ((OffsetCommitValue) record.value().message()).offset(), toList())));
        assertThat(offsets)
                .isEqualTo(Map.of(
                        new OffsetCommitKey()
                                .setGroup("group")
                                .setTopic("source")
                                .setPartition(0),
                        List.of(17L)));
    }

    @Test
    void shouldReadWhatWasCommittedInTheTransactionsThatKafkaWrote() throws Exception {
        TailracePartition.open(home, SEGMENT_BYTES).close();
        Path directory = Files.createDirectories(TailracePartition.directory(home));
        Path golden =
                Path.of(java.util.Objects.requireNonNull(TransactionsFormatTest.class.getResource("kafka-transactions"))
                        .toURI());
        try (Stream<Path> files = Files.list(golden)) {
            for (Path file : files.toList()) {
                Files.copy(file, directory.resolve(String.valueOf(file.getFileName())));
            }
        }
        int half = GoldenFiles.records().size() / 2;
        try (TailracePartition tailrace = TailracePartition.open(home, SEGMENT_BYTES)) {
            List<Row> committed =
                    tailrace.read(ConsumerConfig.DEFAULT.withIsolationLevel(IsolationLevel.READ_COMMITTED), 0).stream()
                            .map(Row::of)
                            .toList();
            assertThat(committed).isEqualTo(Sample.rows(GoldenFiles.records().subList(0, half), 0));
        }
    }

    private List<CoordinatorRecord> records(String topic) throws IOException {
        var serde = topic.startsWith("__transaction")
                ? new TransactionCoordinatorRecordSerde()
                : new GroupCoordinatorRecordSerde();
        List<CoordinatorRecord> records = new ArrayList<>();
        for (Path file : files(topic)) {
            try (FileRecords stored = FileRecords.open(file.toFile(), false)) {
                for (RecordBatch batch : stored.batches()) {
                    if (!batch.isControlBatch()) {
                        batch.forEach(record -> records.add(serde.deserialize(record.key(), record.value())));
                    }
                }
            }
        }
        return records;
    }

    private List<Path> files(String topic) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(file ->
                            file.toString().contains(topic) && file.toString().endsWith(".log"))
                    .toList();
        }
    }
}
