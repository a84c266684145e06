package io.tailrace.systemtests.kafkaformat;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.ProducerRecord;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.serde.StringSerializer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.kafka.common.protocol.ByteBufferAccessor;
import org.apache.kafka.common.record.internal.ControlRecordType;
import org.apache.kafka.common.record.internal.FileLogInputStream.FileChannelRecordBatch;
import org.apache.kafka.common.record.internal.FileRecords;
import org.apache.kafka.common.record.internal.Record;
import org.apache.kafka.coordinator.transaction.TransactionState;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogKey;
import org.apache.kafka.coordinator.transaction.generated.TransactionLogValue;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Transactions, as Kafka's transaction coordinator stores them. */
class TransactionTopicFormatTest {
    private static final String ID = "größe"; // more bytes than characters

    @TempDir
    Path home;

    @BeforeEach
    void writeTransactions() {
        try (EmbeddedLog log = EmbeddedLog.open(home)) {
            log.admin().createTopic(new NewTopic("flights", 2));
            try (Producer<String, String> producer = log.newProducer(
                    ProducerConfig.DEFAULT.withTransactionalId(ID), new StringSerializer(), new StringSerializer())) {
                producer.initTransactions();
                producer.beginTransaction();
                producer.post(new ProducerRecord<>("flights", 0, null, "1"));
                producer.post(new ProducerRecord<>("flights", 1, null, "2"));
                producer.commitTransaction();
                producer.beginTransaction();
                producer.post(new ProducerRecord<>("flights", 1, null, "3"));
                producer.flush();
                producer.abortTransaction();
            }
        }
    }

    private List<Path> files(String directoryPrefix) throws IOException {
        try (Stream<Path> files = Files.walk(home)) {
            return files.filter(file -> file.toString().contains("/" + directoryPrefix)
                            && file.toString().endsWith(".log"))
                    .sorted()
                    .toList();
        }
    }

    @Test
    void shouldLetTheTransactionCoordinatorReadTheStates() throws IOException {
        List<TransactionLogValue> values = new ArrayList<>();
        for (Path file : files("__transaction_state-")) {
            try (FileRecords stored = FileRecords.open(file.toFile(), false)) {
                for (Record record : stored.records()) {
                    ByteBuffer key = record.key();
                    assertThat(key.getShort()).isEqualTo(TransactionLogKey.HIGHEST_SUPPORTED_VERSION);
                    assertThat(new TransactionLogKey(new ByteBufferAccessor(key), (short) 0).transactionalId())
                            .isEqualTo(ID);
                    ByteBuffer value = record.value();
                    values.add(new TransactionLogValue(new ByteBufferAccessor(value), value.getShort()));
                }
            }
        }
        assertThat(values)
                .extracting(value -> TransactionState.fromId(value.transactionStatus()))
                .containsExactly(
                        TransactionState.EMPTY,
                        TransactionState.ONGOING,
                        TransactionState.PREPARE_COMMIT,
                        TransactionState.COMPLETE_COMMIT,
                        TransactionState.ONGOING,
                        TransactionState.PREPARE_ABORT,
                        TransactionState.COMPLETE_ABORT);
        assertThat(values)
                .extracting(TransactionLogValue::producerEpoch)
                .containsExactly((short) 0, (short) 0, (short) 1, (short) 1, (short) 1, (short) 2, (short) 2);
        assertThat(values.get(0).transactionPartitions()).isNull();
        TransactionLogValue.PartitionsSchema partitions =
                values.get(2).transactionPartitions().get(0);
        assertThat(partitions.topic()).isEqualTo("flights");
        assertThat(partitions.partitionIds()).containsExactly(0, 1);
        assertThat(values).allSatisfy(value -> assertThat(value.clientTransactionVersion())
                .isEqualTo((short) 2));
    }

    @Test
    void shouldLetTheDumpToolPrintTheStates() throws IOException {
        assertThat(DumpTool.run(files("__transaction_state-"), "--transaction-log-decoder", "--print-data-log"))
                .contains(
                        "\"transactionalId\":\"" + ID + "\"",
                        "\"transactionTimeoutMs\":60000",
                        "\"topic\":\"flights\"");
    }

    @Test
    void shouldLetKafkaReadTheMarkers() throws IOException {
        List<String> seen = new ArrayList<>();
        try (FileRecords records = FileRecords.open(files("flights-1").get(0).toFile(), false)) {
            for (FileChannelRecordBatch batch : records.batches()) {
                batch.ensureValid();
                assertThat(batch.isTransactional()).isTrue();
                for (Record record : batch) {
                    seen.add(batch.producerEpoch() + " "
                            + (batch.isControlBatch()
                                    ? ControlRecordType.parse(record.key()).name()
                                    : "sequence " + record.sequence()));
                }
            }
        }
        assertThat(seen).containsExactly("0 sequence 0", "1 COMMIT", "1 sequence 0", "2 ABORT");
    }
}
