package io.tailrace.log.inspect;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.LogOptions;
import io.tailrace.log.ManualTime;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetResetPolicy;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.record.RecordCursor;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.log.storage.Storage;
import io.tailrace.serde.Serdes;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Aborted transactions over several segments: their index is checked, and made again by a salvage. */
class TransactionsInspectTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private final MemoryStorage storage = fill();

    private static MemoryStorage fill() {
        MemoryStorage storage = new MemoryStorage();
        try (EmbeddedLog log = EmbeddedLog.open(storage, LogOptions.DEFAULT.withTime(new ManualTime()));
                Producer<String, String> producer = log.newProducer(
                        ProducerConfig.DEFAULT.withTransactionalId("tx"),
                        Serdes.String().serializer(),
                        Serdes.String().serializer())) {
            log.admin().createTopic(new NewTopic("t", 1, Map.of("segment.bytes", "1024")));
            producer.initTransactions();
            for (int i = 0; i < 12; i++) {
                producer.beginTransaction();
                CompletableFuture<?> sent = producer.send(new ProducerRecord<>("t", 0, "key", i + " value".repeat(40)));
                producer.flush(); // the clock stands still, so nothing is sent by itself
                sent.join();
                if (i % 3 == 0) {
                    producer.abortTransaction();
                } else {
                    producer.commitTransaction();
                }
            }
        }
        return storage.reopen();
    }

    @Test
    void shouldFindNothingWrongWithAbortedTransactions() {
        assertThat(LogVerify.verify(storage).findings()).isEmpty();
        assertThat(abortedIndexes(storage)).isNotEmpty();
    }

    @Test
    void shouldReportEveryByteOfTheIndexOfAbortedTransactions() {
        for (String file : abortedIndexes(storage)) {
            for (long at = 0; at < storage.size(file); at++) {
                SmallLog.flip(storage, file, at, 1);
                assertThat(LogVerify.verify(storage).findings())
                        .as("%s at %d", file, at)
                        .isNotEmpty();
                SmallLog.flip(storage, file, at, 1);
            }
        }
    }

    @Test
    void shouldSalvageWhatWasCommittedAndNothingElse() {
        MemoryStorage target = new MemoryStorage();
        SalvageReport report = new LogSalvage(storage, target, new ManualTime(), ByteProgress.SILENT).run();
        assertThat(report.isComplete()).isTrue();
        assertThat(report.partitions())
                .allSatisfy(each -> assertThat(each.openTransactions()).isEmpty());
        assertThat(LogVerify.verify(target).findings()).isEmpty();
        assertThat(abortedIndexes(target)).isNotEmpty();
        assertThat(committed(target)).isEqualTo(committed(storage.reopen())).hasSize(8);
    }

    @Test
    void shouldSayWhichTransactionHasLostItsEnd() {
        String log = "t-0/00000000000000000000.log";
        List<BatchInfo> batches = new ArrayList<>();
        new LogDump(storage).log(log, new BatchVisitor() {
            @Override
            public boolean onBatch(BatchInfo batch, RecordBatch stored) {
                batches.add(batch);
                return false;
            }

            @Override
            public void onRecord(BatchInfo batch, RecordCursor record) {}

            @Override
            public void onDamage(Finding damage) {}
        });
        BatchInfo marker =
                batches.stream().filter(BatchInfo::control).findFirst().orElseThrow();
        SmallLog.flip(storage, log, marker.position() + 70, 1);
        MemoryStorage target = new MemoryStorage();
        SalvageReport report = new LogSalvage(storage, target, new ManualTime(), ByteProgress.SILENT).run();
        assertThat(report.isComplete()).isFalse();
        assertThat(LogVerify.verify(target).isClean()).isTrue();
    }

    private static List<String> abortedIndexes(Storage storage) {
        return SmallLog.files(storage).stream()
                .filter(file -> file.startsWith("t-0/") && file.endsWith(".txnindex"))
                .toList();
    }

    private static List<String> committed(Storage storage) {
        List<String> values = new ArrayList<>();
        try (EmbeddedLog log = EmbeddedLog.open(storage, LogOptions.DEFAULT.withTime(new ManualTime()));
                var consumer = log.newConsumer(
                        ConsumerConfig.DEFAULT
                                .withIsolationLevel(IsolationLevel.READ_COMMITTED)
                                .withAutoOffsetReset(OffsetResetPolicy.EARLIEST),
                        Serdes.String().deserializer(),
                        Serdes.String().deserializer())) {
            consumer.assign(List.of(PARTITION));
            long end = log.admin().endOffsets(List.of(PARTITION)).getOrDefault(PARTITION, 0L);
            while (consumer.position(PARTITION) < end) {
                consumer.poll(Duration.ZERO).forEach(record -> values.add(record.offset() + record.value()));
            }
        }
        return values;
    }
}
