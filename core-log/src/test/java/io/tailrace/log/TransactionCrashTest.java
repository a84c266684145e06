package io.tailrace.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.StorageException;
import io.tailrace.common.errors.TailraceException;
import io.tailrace.common.errors.TransactionAbortableException;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.ConsumerGroupMetadata;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.OffsetResetPolicy;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.storage.DyingStorage;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.serde.StringDeserializer;
import io.tailrace.serde.StringSerializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The device fails at every single change that some transactions make. Each transaction writes its number to two partitions and
 * commits it as an offset: all three agree at any time.
 */
class TransactionCrashTest {
    private static final TopicPartition A = new TopicPartition("a", 0);
    private static final TopicPartition B = new TopicPartition("b", 0);
    private static final int TRANSACTIONS = 4;
    private static final int ABORTED = 3;
    private static final ProducerConfig TRANSACTIONAL = ProducerConfig.DEFAULT
            .withTransactionalId("t")
            .withLinger(Duration.ofHours(1)); // the sender's batches would come at any time

    private final MemoryStorage memory = new MemoryStorage();
    private final DyingStorage storage = new DyingStorage(memory);
    private final EmbeddedLog log = EmbeddedLog.open(storage, LogOptions.DEFAULT);
    private int committed; // the last transaction whose commit has returned

    TransactionCrashTest() {
        log.admin().createTopic(new NewTopic("a", 1));
        log.admin().createTopic(new NewTopic("b", 1));
    }

    private static Producer<String, String> producer(EmbeddedLog log) {
        return log.newProducer(TRANSACTIONAL, new StringSerializer(), new StringSerializer());
    }

    private static void write(Producer<String, String> producer, int number) {
        producer.beginTransaction();
        producer.post(new ProducerRecord<>("a", 0, null, Integer.toString(number)));
        producer.flush();
        producer.sendOffsetsToTransaction(Map.of(A, new OffsetAndMetadata(number)), new ConsumerGroupMetadata("g"));
        producer.post(new ProducerRecord<>("b", 0, null, Integer.toString(number)));
    }

    private static List<Integer> read(EmbeddedLog log, TopicPartition partition) {
        try (Consumer<String, String> consumer = log.newConsumer(
                ConsumerConfig.DEFAULT
                        .withAutoOffsetReset(OffsetResetPolicy.EARLIEST)
                        .withIsolationLevel(IsolationLevel.READ_COMMITTED),
                new StringDeserializer(),
                new StringDeserializer())) {
            consumer.assign(List.of(partition));
            List<Integer> numbers = new ArrayList<>();
            long end = log.admin().endOffsets(List.of(partition)).getOrDefault(partition, -1L);
            assertThat(consumer.endOffsets(List.of(partition)))
                    .as("no transaction is left open")
                    .containsEntry(partition, end);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ZERO).forEach(record -> numbers.add(Integer.valueOf(record.value())));
            }
            return numbers;
        }
    }

    private static List<Integer> upTo(int last) {
        List<Integer> numbers = new ArrayList<>();
        for (int number = 1; number <= last; number++) {
            if (number != ABORTED) {
                numbers.add(number);
            }
        }
        return numbers;
    }

    private static int offset(EmbeddedLog log) {
        OffsetAndMetadata offset = log.admin().committedOffsets("g").get(A);
        return offset == null ? 0 : (int) offset.offset();
    }

    /** All three places say the same, which is a prefix of the transactions. */
    private static int lastSeen(EmbeddedLog log) {
        List<Integer> seen = read(log, A);
        int last = seen.isEmpty() ? 0 : seen.get(seen.size() - 1);
        assertThat(seen).isEqualTo(upTo(last));
        assertThat(read(log, B)).isEqualTo(seen);
        assertThat(offset(log)).isEqualTo(last);
        return last;
    }

    @Test
    void shouldShowAllOrNothingOfATransactionWhereverTheProcessIsKilled() {
        int changes = 0;
        while (true) {
            TransactionCrashTest run = new TransactionCrashTest();
            run.storage.failAfter(changes, /* isForGood */ true);
            boolean died = run.runUntilItDies();
            run.checkAfterRestart();
            if (!died) {
                assertThat(run.committed).isEqualTo(TRANSACTIONS);
                break;
            }
            changes++;
        }
        assertThat(changes).as("changes that were tried").isGreaterThan(40);
    }

    private boolean runUntilItDies() {
        try (Producer<String, String> producer = producer(log)) {
            producer.initTransactions();
            for (int number = 1; number <= TRANSACTIONS; number++) {
                write(producer, number);
                if (number == ABORTED) {
                    producer.abortTransaction();
                } else {
                    producer.commitTransaction();
                    committed = number;
                }
            }
            return storage.hasFailed();
        } catch (TailraceException e) {
            assertThat(storage.hasFailed()).isTrue();
            return true;
        }
    }

    private void checkAfterRestart() {
        try (EmbeddedLog reopened = EmbeddedLog.open(memory.reopen(), LogOptions.DEFAULT)) {
            int last = lastSeen(reopened);
            assertThat(last)
                    .as("the commit that was under way may count, no other")
                    .isBetween(committed, following());
            try (Producer<String, String> next = producer(reopened)) {
                next.initTransactions();
                write(next, last + 1);
                next.commitTransaction();
            }
            assertThat(read(reopened, B)).endsWith(last + 1);
            assertThat(offset(reopened)).isEqualTo(last + 1);
        }
    }

    private int following() {
        return committed + 1 == ABORTED ? committed + 2 : committed + 1;
    }

    @Test
    void shouldCommitWithFewWrites() {
        try (Producer<String, String> producer = producer(log)) {
            producer.initTransactions();
            for (int number = 1; number <= 2; number++) {
                long before = storage.changes();
                producer.beginTransaction();
                producer.post(new ProducerRecord<>("a", 0, null, "1"));
                producer.post(new ProducerRecord<>("b", 0, null, "2"));
                producer.sendOffsetsToTransaction(
                        Map.of(A, new OffsetAndMetadata(number)), new ConsumerGroupMetadata("g"));
                producer.commitTransaction();
                if (number == 2) { // when all files are there
                    // That all three take part, three batches, the outcome, three markers, the end.
                    assertThat(storage.changes() - before).isEqualTo(9);
                }
            }
        }
        log.close();
    }

    @Test
    void shouldGoOnAfterAFailureAnywhere() {
        int changes = 0;
        while (true) {
            TransactionCrashTest run = new TransactionCrashTest();
            run.storage.failAfter(changes, /* isForGood */ false);
            run.runInSpiteOfAFailure();
            assertThat(lastSeen(run.log)).isEqualTo(TRANSACTIONS);
            boolean failed = run.storage.hasFailed();
            run.storage.failAfter(Integer.MAX_VALUE, false); // closing forces, too
            run.log.close();
            if (!failed) {
                break;
            }
            changes++;
        }
        assertThat(changes).as("changes that were tried").isGreaterThan(40);
    }

    private void runInSpiteOfAFailure() {
        try (Producer<String, String> producer = producer(log)) {
            repeat(producer::initTransactions);
            for (int number = 1; number <= TRANSACTIONS; number++) {
                boolean abort = number == ABORTED;
                while (!attempt(producer, number, abort)) {
                    repeat(producer::abortTransaction);
                }
            }
        }
    }

    private static boolean attempt(Producer<String, String> producer, int number, boolean abort) {
        try {
            write(producer, number);
        } catch (TailraceException e) {
            return false;
        }
        try {
            repeat(abort ? producer::abortTransaction : producer::commitTransaction);
            return true;
        } catch (TransactionAbortableException e) {
            return false;
        }
    }

    /** What a user does when the disk refuses: once more. */
    private static void repeat(Runnable call) {
        try {
            call.run();
        } catch (StorageException e) {
            call.run();
        }
    }

    @Test
    void shouldAbortWhatAProducerLeftOpenBecauseTheDiskRefused() {
        ManualTime time = new ManualTime();
        DyingStorage disk = new DyingStorage(new MemoryStorage());
        EmbeddedLog manual = EmbeddedLog.open(disk, LogOptions.DEFAULT.withTime(time));
        manual.admin().createTopic(new NewTopic("a", 1));
        Producer<String, String> producer = manual.newProducer(
                TRANSACTIONAL.withTransactionTimeout(ProducerConfig.NO_TIMEOUT),
                new StringSerializer(),
                new StringSerializer());
        producer.initTransactions();
        producer.beginTransaction();
        producer.post(new ProducerRecord<>("a", 0, null, "1"));
        producer.flush();
        disk.failAfter(0, /* isForGood */ true);
        assertThatThrownBy(producer::close).isInstanceOf(StorageException.class);
        disk.failAfter(Integer.MAX_VALUE, /* isForGood */ false);

        time.advance(Duration.ofSeconds(1));
        try (Producer<String, String> other = manual.newProducer(
                TRANSACTIONAL.withTransactionalId("other"), new StringSerializer(), new StringSerializer())) {
            other.initTransactions();
            other.beginTransaction();
            other.post(new ProducerRecord<>("a", 0, null, "2"));
            other.commitTransaction();
        }
        assertThat(read(manual, A)).containsExactly(2);
        manual.close();
    }
}
