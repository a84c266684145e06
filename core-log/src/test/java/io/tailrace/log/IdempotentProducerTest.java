package io.tailrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.ProducerRecord;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.record.BatchLayout;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.serde.StringSerializer;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What producers say about themselves in their batches. */
class IdempotentProducerTest {
    private MemoryStorage storage = new MemoryStorage();
    private EmbeddedLog log = EmbeddedLog.open(storage, LogOptions.DEFAULT);

    @BeforeEach
    void createTopic() {
        log.admin().createTopic(new NewTopic("t", 2));
    }

    @AfterEach
    void closeLog() {
        log.close();
    }

    private Producer<String, String> producer(ProducerConfig config) {
        return log.newProducer(config, new StringSerializer(), new StringSerializer());
    }

    private static void send(Producer<String, String> producer, int partition, int records) {
        for (int i = 0; i < records; i++) {
            producer.post(new ProducerRecord<>("t", partition, "k", "v" + i));
        }
        producer.flush();
    }

    private List<RecordBatch> batches(int partition) {
        ByteBuffer bytes = ByteBuffer.wrap(storage.readAllBytes("t-" + partition + "/00000000000000000000.log"));
        List<RecordBatch> batches = new ArrayList<>();
        int at = 0;
        while (at < bytes.limit() && RecordBatch.claimedSize(bytes, at) > BatchLayout.HEADER_BYTES) {
            RecordBatch batch = RecordBatch.at(bytes, at, "t-" + partition, at).verify();
            batches.add(batch);
            at += batch.sizeInBytes();
        }
        return batches;
    }

    @Test
    void shouldNumberTheRecordsOfEachPartitionWithoutAGap() {
        try (Producer<String, String> producer = producer(ProducerConfig.DEFAULT)) {
            send(producer, 0, 3);
            send(producer, 1, 1);
            send(producer, 0, 2);
            send(producer, 0, 1);
        }

        assertThat(batches(0)).extracting(RecordBatch::baseSequence).containsExactly(0, 3, 5);
        assertThat(batches(1)).extracting(RecordBatch::baseSequence).containsExactly(0);
        assertThat(batches(0)).extracting(RecordBatch::isTransactional).containsOnly(false);
    }

    @Test
    void shouldGiveEveryProducerAnIdOfItsOwnAlsoAfterARestart() {
        List<Long> ids = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            try (Producer<String, String> producer = producer(ProducerConfig.DEFAULT)) {
                send(producer, 0, 1);
            }
            if (i == 1) {
                log.close();
                storage = storage.reopen();
                log = EmbeddedLog.open(storage, LogOptions.DEFAULT);
            }
        }

        batches(0).forEach(batch -> ids.add(batch.producerId()));
        assertThat(ids).hasSize(3).doesNotHaveDuplicates().allMatch(id -> id >= 0);
    }

    @Test
    void shouldSayNothingWhenIdempotenceIsSwitchedOff() {
        try (Producer<String, String> producer = producer(ProducerConfig.DEFAULT.withIdempotence(false))) {
            send(producer, 0, 1);
        }

        assertThat(batches(0)).extracting(RecordBatch::producerId).containsExactly((long) BatchLayout.NO_PRODUCER);
        assertThat(storage.exists("producer-ids.json")).isFalse();
    }
}
