package io.tailrace.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.CommitFailedException;
import io.tailrace.common.errors.InvalidTopicException;
import io.tailrace.common.errors.ProducerFencedException;
import io.tailrace.common.errors.RecordTooLargeException;
import io.tailrace.common.errors.TransactionAbortableException;
import io.tailrace.common.errors.TransactionAbortedException;
import io.tailrace.common.errors.UnknownTopicOrPartitionException;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerGroupMetadata;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.api.RecordMetadata;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every log promises of transactions. */
abstract class TransactionContract extends LogContract {
    /** What is not flushed stays in the buffers. */
    private static final ProducerConfig TRANSACTIONAL = ProducerConfig.DEFAULT.withLinger(Duration.ofHours(1));

    private static final TopicPartition A0 = new TopicPartition("a", 0);
    private static final TopicPartition A1 = new TopicPartition("a", 1);
    private static final TopicPartition B0 = new TopicPartition("b", 0);

    TransactionContract(LogHome home) {
        super(home);
    }

    @BeforeEach
    void createTopics() {
        createTopic("a", 2);
        createTopic("b", 1);
    }

    private Producer<String, String> transactional(String id) {
        Producer<String, String> producer = producer(TRANSACTIONAL.withTransactionalId(id));
        producer.initTransactions();
        return producer;
    }

    private static CompletableFuture<RecordMetadata> send(
            Producer<String, String> producer, TopicPartition to, String value) {
        return producer.send(new ProducerRecord<>(to.topic(), to.partition(), null, value));
    }

    private static void post(Producer<String, String> producer, TopicPartition to, String value) {
        producer.post(new ProducerRecord<>(to.topic(), to.partition(), null, value));
    }

    /** What a reader sees now. */
    private List<String> read(TopicPartition partition, IsolationLevel isolation) {
        try (Consumer<String, String> consumer = consumer(EARLIEST.withIsolationLevel(isolation))) {
            consumer.assign(List.of(partition));
            List<String> values = new ArrayList<>();
            long end = consumer.endOffsets(List.of(partition)).getOrDefault(partition, -1L);
            while (consumer.position(partition) < end) {
                consumer.poll(Duration.ZERO).forEach(record -> values.add(record.value()));
            }
            return values;
        }
    }

    private List<String> committed(TopicPartition partition) {
        return read(partition, IsolationLevel.READ_COMMITTED);
    }

    private List<String> uncommitted(TopicPartition partition) {
        return read(partition, IsolationLevel.READ_UNCOMMITTED);
    }

    @Test
    void shouldShowATransactionWhenItIsCommitted() {
        try (Producer<String, String> producer = transactional("t")) {
            producer.beginTransaction();
            post(producer, A0, "1");
            post(producer, A1, "2");
            post(producer, B0, "3");
            post(producer, A0, "4");
            producer.flush();
            assertThat(uncommitted(A0)).containsExactly("1", "4");
            assertThat(committed(A0)).isEmpty();

            producer.commitTransaction();
            assertThat(committed(A0)).containsExactly("1", "4");
            assertThat(committed(A1)).containsExactly("2");
            assertThat(committed(B0)).containsExactly("3");
        }
        reopen();
        assertThat(committed(A0)).containsExactly("1", "4");
    }

    @Test
    void shouldCommitManyTransactionsOfOneProducer() {
        try (Producer<String, String> producer = transactional("t")) {
            for (int i = 0; i < 100; i++) {
                producer.beginTransaction();
                post(producer, i % 3 == 0 ? A1 : A0, Integer.toString(i));
                if (i % 5 == 4) {
                    producer.flush();
                    producer.abortTransaction();
                } else {
                    producer.commitTransaction();
                }
            }
        }
        assertThat(committed(A0)).hasSize(53).contains("1", "98").doesNotContain("4", "0");
        assertThat(committed(A1)).hasSize(27).contains("0", "93").doesNotContain("9", "99");
    }

    @Test
    void shouldHideAnAbortedTransactionForGood() {
        try (Producer<String, String> producer = transactional("t")) {
            producer.beginTransaction();
            post(producer, A0, "aborted");
            producer.flush();
            producer.abortTransaction();
            producer.beginTransaction();
            post(producer, A0, "committed");
            producer.commitTransaction();
        }

        assertThat(committed(A0)).containsExactly("committed");
        assertThat(uncommitted(A0)).containsExactly("aborted", "committed");
        reopen();
        assertThat(committed(A0)).containsExactly("committed");
    }

    @Test
    void shouldNotAppendWhatIsBufferedWhenAborting() {
        try (Producer<String, String> producer = transactional("t")) {
            producer.beginTransaction();
            CompletableFuture<RecordMetadata> future = send(producer, A0, "buffered");
            producer.post(new ProducerRecord<>("a", 1, null, "posted"));
            producer.abortTransaction();

            assertThatThrownBy(future::get)
                    .isInstanceOf(ExecutionException.class)
                    .hasCauseInstanceOf(TransactionAbortedException.class);
            producer.beginTransaction();
            producer.commitTransaction();
        }
        assertThat(uncommitted(A0)).isEmpty();
        assertThat(uncommitted(A1)).isEmpty();
    }

    @Test
    void shouldWriteNothingForATransactionWithoutRecords() {
        try (Producer<String, String> producer = transactional("t")) {
            for (int i = 0; i < 3; i++) {
                producer.beginTransaction();
                producer.commitTransaction();
                producer.beginTransaction();
                producer.abortTransaction();
            }
        }
        assertThat(admin.endOffsets(List.of(A0, A1, B0)))
                .containsOnly(Map.entry(A0, 0L), Map.entry(A1, 0L), Map.entry(B0, 0L));
    }

    @Test
    void shouldReadCommittedDataUpToTheFirstOpenTransactionOnly() {
        try (Producer<String, String> first = transactional("first");
                Producer<String, String> second = transactional("second");
                Producer<String, String> plain = producer();
                Consumer<String, String> consumer =
                        consumer(EARLIEST.withIsolationLevel(IsolationLevel.READ_COMMITTED))) {
            post(plain, A0, "plain 1");
            plain.flush();
            first.beginTransaction();
            post(first, A0, "first 1");
            first.flush();
            second.beginTransaction();
            post(second, A0, "second 1");
            second.flush();
            post(plain, A0, "plain 2");
            plain.flush();
            second.commitTransaction();
            assertThat(committed(A0)).containsExactly("plain 1");
            assertThat(consumer.endOffsets(List.of(A0))).containsEntry(A0, 1L);
            assertThat(admin.endOffsets(List.of(A0))).containsEntry(A0, 5L);

            consumer.assign(List.of(A0));
            assertThat(values(take(consumer, 1))).containsExactly("plain 1");
            assertThat(consumer.currentLag(A0)).hasValue(0);
            assertThat(consumer.poll(Duration.ZERO).isEmpty()).isTrue();
            assertThat(consumer.position(A0)).isEqualTo(1);

            first.abortTransaction();
            assertThat(values(take(consumer, 2))).containsExactly("second 1", "plain 2");
            assertThat(consumer.poll(Duration.ZERO).isEmpty()).isTrue();
            assertThat(consumer.position(A0)).as("behind both markers").isEqualTo(6);
            assertThat(uncommitted(A0)).containsExactly("plain 1", "first 1", "second 1", "plain 2");
        }
    }

    @Test
    void shouldWakeAWaitingReaderOfCommittedDataByTheCommit() throws Exception {
        try (Producer<String, String> producer = transactional("t");
                Consumer<String, String> consumer =
                        consumer(EARLIEST.withIsolationLevel(IsolationLevel.READ_COMMITTED))) {
            consumer.assign(List.of(A0));
            producer.beginTransaction();
            post(producer, A0, "1");
            producer.flush();
            assertThat(consumer.poll(Duration.ZERO).isEmpty()).isTrue();

            Future<List<String>> waiting = start(() -> values(take(consumer, 1)));
            producer.commitTransaction();
            assertThat(await(waiting)).containsExactly("1");
        }
    }

    @Test
    void shouldFenceTheOlderOfTwoProducersAndAbortItsTransaction() {
        Producer<String, String> older = transactional("t");
        older.beginTransaction();
        post(older, A0, "older");
        older.flush();
        CompletableFuture<RecordMetadata> buffered = send(older, A1, "buffered");

        try (Producer<String, String> newer = transactional("t")) {
            assertThatThrownBy(older::commitTransaction).isInstanceOf(ProducerFencedException.class);
            assertThatThrownBy(() -> post(older, A0, "late")).isInstanceOf(ProducerFencedException.class);
            assertThatThrownBy(older::abortTransaction).isInstanceOf(ProducerFencedException.class);
            assertThatThrownBy(older::beginTransaction).isInstanceOf(ProducerFencedException.class);
            older.close();
            assertThat(buffered).isCompletedExceptionally();

            newer.beginTransaction();
            post(newer, A0, "newer");
            newer.commitTransaction();
        }
        assertThat(committed(A0)).containsExactly("newer");
        assertThat(uncommitted(A1)).isEmpty();
    }

    @Test
    void shouldAbortATransactionThatIsOpenForTooLong() {
        ManualTime time = new ManualTime();
        reopen(LogOptions.DEFAULT.withTime(time));
        Producer<String, String> late = producer(
                ProducerConfig.DEFAULT.withTransactionalId("late").withTransactionTimeout(Duration.ofSeconds(10)));
        late.initTransactions();
        late.beginTransaction();
        post(late, A0, "late");
        late.flush();
        time.advance(Duration.ofSeconds(9));
        try (Producer<String, String> other = transactional("other")) {
            other.beginTransaction();
            post(other, A0, "other 1");
            other.commitTransaction();
            assertThat(committed(A0)).isEmpty();

            time.advance(Duration.ofSeconds(1));
            other.beginTransaction();
            post(other, A0, "other 2");
            other.commitTransaction();
            assertThat(committed(A0)).containsExactly("other 1", "other 2");
        }
        assertThatThrownBy(() -> post(late, A0, "too late"))
                .isInstanceOf(ProducerFencedException.class)
                .hasMessageContaining("late")
                .hasMessageContaining("10000 ms");
        assertThatThrownBy(late::commitTransaction).isInstanceOf(ProducerFencedException.class);
        late.close();
    }

    @Test
    void shouldNotCommitTooLate() {
        ManualTime time = new ManualTime();
        reopen(LogOptions.DEFAULT.withTime(time));
        try (Producer<String, String> producer = transactional("t")) {
            producer.beginTransaction();
            post(producer, A0, "late");
            producer.flush();
            time.advance(Duration.ofMinutes(1));

            assertThatThrownBy(producer::commitTransaction).isInstanceOf(ProducerFencedException.class);
            assertThat(committed(A0)).isEmpty();
            assertThat(uncommitted(A0)).containsExactly("late");
        }
        try (Producer<String, String> next = transactional("t")) {
            next.beginTransaction();
            post(next, A0, "next");
            next.commitTransaction();
        }
        assertThat(committed(A0)).containsExactly("next");
    }

    @Test
    void shouldAbortWhatIsOpenWhenTheProducerIsClosed() {
        try (Producer<String, String> producer = transactional("t")) {
            producer.beginTransaction();
            post(producer, A0, "flushed");
            producer.flush();
            post(producer, A0, "buffered");
        }
        assertThat(committed(A0)).isEmpty();
        assertThat(uncommitted(A0)).containsExactly("flushed");
        write(A0, 1, 1);
        assertThat(committed(A0)).containsExactly("1");
    }

    @Test
    void shouldAbortWhatIsOpenWhenTheLogIsClosed() {
        Producer<String, String> producer = transactional("t");
        producer.beginTransaction();
        post(producer, A0, "flushed");
        producer.flush();
        reopen();

        write(A0, 1, 1);
        assertThat(committed(A0)).containsExactly("1");
        try (Producer<String, String> next = transactional("t")) {
            next.beginTransaction();
            post(next, A0, "next");
            next.commitTransaction();
        }
        assertThat(committed(A0)).containsExactly("1", "next");
    }

    @Test
    void shouldCommitWithoutARefusedRecordWhenTheProducerIsToldTo() {
        admin.createTopic(new NewTopic("small", 1, Map.of("max.message.bytes", "1024")));
        try (Producer<String, String> producer =
                producer(TRANSACTIONAL.withTransactionalId("t").withRefusalsAbort(false))) {
            producer.initTransactions();
            producer.beginTransaction();
            post(producer, A0, "1");
            assertThatThrownBy(() -> producer.post(new ProducerRecord<>("small", "x".repeat(2000))))
                    .isInstanceOf(RecordTooLargeException.class);
            assertThatThrownBy(() -> producer.post(new ProducerRecord<>("a", 99, null, "x")))
                    .isInstanceOf(UnknownTopicOrPartitionException.class);
            post(producer, A0, "2");
            producer.commitTransaction();
        }
        assertThat(committed(A0)).containsExactly("1", "2");
    }

    @Test
    void shouldNotCommitWhenARecordHasFailed() {
        admin.createTopic(new NewTopic("small", 1, Map.of("max.message.bytes", "1024")));
        try (Producer<String, String> producer = transactional("t")) {
            producer.beginTransaction();
            post(producer, A0, "1");
            assertThatThrownBy(() -> producer.post(new ProducerRecord<>("small", "x".repeat(2000))))
                    .isInstanceOf(RecordTooLargeException.class);
            assertThatThrownBy(() -> post(producer, A0, "2")).isInstanceOf(TransactionAbortableException.class);
            assertThatThrownBy(producer::commitTransaction)
                    .isInstanceOf(TransactionAbortableException.class)
                    .hasMessageContaining("abortTransaction()")
                    .hasCauseInstanceOf(RecordTooLargeException.class);
            assertThatThrownBy(producer::beginTransaction).isInstanceOf(TransactionAbortableException.class);
            producer.abortTransaction();

            producer.beginTransaction();
            post(producer, A0, "3");
            producer.commitTransaction();
        }
        assertThat(committed(A0)).containsExactly("3");
    }

    @Test
    void shouldForgetTheFailureOfAPostWithItsTransaction() {
        try (Producer<String, String> producer = transactional("t")) {
            producer.beginTransaction();
            producer.post(new ProducerRecord<>("b", 0, null, "1"));
            admin.deleteTopic("b");
            assertThatThrownBy(producer::commitTransaction).isInstanceOf(TransactionAbortableException.class);
            producer.abortTransaction();

            producer.beginTransaction();
            producer.post(new ProducerRecord<>("a", 0, null, "2"));
            producer.commitTransaction();
            producer.flush();
        }
        assertThat(committed(A0)).containsExactly("2");
    }

    @Test
    void shouldEndATransactionWhoseTopicWasDeleted() {
        try (Producer<String, String> producer = transactional("t")) {
            producer.beginTransaction();
            post(producer, A0, "1");
            post(producer, B0, "2");
            producer.flush();
            admin.deleteTopic("b");
            createTopic("b", 1);
            producer.commitTransaction();

            producer.beginTransaction();
            post(producer, B0, "3");
            producer.commitTransaction();
        }
        assertThat(committed(A0)).containsExactly("1");
        assertThat(committed(B0)).containsExactly("3");
    }

    private static OffsetAndMetadata at(long offset) {
        return new OffsetAndMetadata(offset);
    }

    @Test
    void shouldCommitOffsetsWithTheTransaction() {
        try (Producer<String, String> producer = transactional("t")) {
            ConsumerGroupMetadata group = new ConsumerGroupMetadata("g");
            producer.beginTransaction();
            post(producer, A0, "1");
            producer.sendOffsetsToTransaction(Map.of(B0, at(3), A1, at(1)), group);
            producer.sendOffsetsToTransaction(Map.of(B0, at(4)), group);
            assertThat(admin.committedOffsets("g")).isEmpty();
            producer.commitTransaction();
            assertThat(admin.committedOffsets("g")).containsOnly(Map.entry(B0, at(4)), Map.entry(A1, at(1)));

            producer.beginTransaction();
            producer.sendOffsetsToTransaction(Map.of(B0, at(9)), group);
            producer.abortTransaction();
            assertThat(admin.committedOffsets("g")).containsEntry(B0, at(4));
        }
        reopen();
        assertThat(admin.committedOffsets("g")).containsOnly(Map.entry(B0, at(4)), Map.entry(A1, at(1)));
    }

    @Test
    void shouldForgetOffsetsOfATransactionThatWasNotCommitted() {
        Producer<String, String> producer = transactional("t");
        producer.beginTransaction();
        producer.sendOffsetsToTransaction(Map.of(B0, at(3)), new ConsumerGroupMetadata("g"));
        reopen();

        assertThat(admin.committedOffsets("g")).isEmpty();
        assertThat(admin.listGroups()).isEmpty();
    }

    @Test
    void shouldLetTheLaterOfTwoCommitsOfAnOffsetWin() {
        try (Producer<String, String> first = transactional("first");
                Producer<String, String> second = transactional("second")) {
            ConsumerGroupMetadata group = new ConsumerGroupMetadata("g");
            first.beginTransaction();
            second.beginTransaction();
            first.sendOffsetsToTransaction(Map.of(A0, at(1), A1, at(1), B0, at(1)), group);
            second.sendOffsetsToTransaction(Map.of(A0, at(2)), group);
            admin.alterCommittedOffsets("g", Map.of(A1, at(3)));
            second.commitTransaction();
            first.commitTransaction();

            Map<TopicPartition, OffsetAndMetadata> expected = Map.of(A0, at(2), A1, at(3), B0, at(1));
            assertThat(admin.committedOffsets("g")).isEqualTo(expected);
            reopen();
            assertThat(admin.committedOffsets("g")).isEqualTo(expected);
        }
    }

    @Test
    void shouldCommitOffsetsInTheNameOfAMemberAsLongAsItOwnsThePartition() {
        write(A0, 0, 3);
        try (Producer<String, String> producer = transactional("t");
                Consumer<String, String> member = member("g")) {
            member.subscribe(List.of("a"));
            take(member, 3);
            producer.beginTransaction();
            post(producer, B0, "1");
            producer.sendOffsetsToTransaction(Map.of(A0, at(3)), member.groupMetadata());
            producer.commitTransaction();
            assertThat(admin.committedOffsets("g")).containsEntry(A0, at(3));

            ConsumerGroupMetadata before = member.groupMetadata();
            member.unsubscribe();
            producer.beginTransaction();
            post(producer, B0, "2");
            assertThatThrownBy(() -> producer.sendOffsetsToTransaction(Map.of(A0, at(4)), before))
                    .isInstanceOf(CommitFailedException.class);
            assertThatThrownBy(producer::commitTransaction).isInstanceOf(TransactionAbortableException.class);
            producer.abortTransaction();
        }
        assertThat(committed(B0)).containsExactly("1");
        assertThat(admin.committedOffsets("g")).containsEntry(A0, at(3));
    }

    @Test
    void shouldNotStartReadingCommittedDataBeforeTheOffsetIsCertain() throws Exception {
        write(A0, 0, 5);
        try (Producer<String, String> producer = transactional("t");
                Consumer<String, String> consumer =
                        consumer(EARLIEST.withGroupId("g").withIsolationLevel(IsolationLevel.READ_COMMITTED))) {
            producer.beginTransaction();
            producer.sendOffsetsToTransaction(Map.of(A0, at(3)), new ConsumerGroupMetadata("g"));
            consumer.assign(List.of(A0));
            assertThat(consumer.poll(Duration.ZERO).isEmpty()).isTrue();

            Future<List<String>> waiting = start(() -> values(take(consumer, 2)));
            producer.commitTransaction();
            assertThat(await(waiting)).containsExactly("3", "4");
        }
    }

    @Test
    void shouldForgetOffsetsOfATopicThatIsDeletedBeforeTheCommit() {
        try (Producer<String, String> producer = transactional("t")) {
            producer.beginTransaction();
            producer.sendOffsetsToTransaction(Map.of(B0, at(3), A0, at(1)), new ConsumerGroupMetadata("g"));
            admin.deleteTopic("b");
            createTopic("b", 1);
            producer.commitTransaction();
        }
        assertThat(admin.committedOffsets("g")).containsOnly(Map.entry(A0, at(1)));
        reopen();
        assertThat(admin.committedOffsets("g")).containsOnly(Map.entry(A0, at(1)));
    }

    @Test
    void shouldRefuseCallsInAnotherOrder() {
        try (Producer<String, String> producer = producer(ProducerConfig.DEFAULT.withTransactionalId("t"))) {
            assertThatThrownBy(producer::beginTransaction)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("initTransactions()");
            assertThatThrownBy(() -> post(producer, A0, "1")).isInstanceOf(IllegalStateException.class);
            producer.initTransactions();
            assertThatThrownBy(producer::initTransactions).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> post(producer, A0, "1"))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("beginTransaction()");
            assertThatThrownBy(producer::commitTransaction).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(producer::abortTransaction).isInstanceOf(IllegalStateException.class);
            producer.beginTransaction();
            assertThatThrownBy(producer::beginTransaction).isInstanceOf(IllegalStateException.class);
            producer.commitTransaction();
        }
        try (Producer<String, String> plain = producer()) {
            assertThatThrownBy(plain::initTransactions)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("withTransactionalId");
        }
        assertThat(uncommitted(A0)).isEmpty();
    }

    @Test
    void shouldKeepItsOwnTopicFromEverybody() {
        try (Producer<String, String> producer = transactional("t")) {
            producer.beginTransaction();
            assertThatThrownBy(() -> producer.post(new ProducerRecord<>("__transaction_state", "x")))
                    .isInstanceOf(InvalidTopicException.class);
            producer.abortTransaction();
        }
        assertThat(admin.listTopics()).contains("__transaction_state");
        assertThat(admin.describeTopic("__transaction_state").configs())
                .as("records must not become too old")
                .containsEntry("cleanup.policy", "compact");
        assertThatThrownBy(() -> admin.deleteTopic("__transaction_state")).isInstanceOf(InvalidTopicException.class);
        assertThatThrownBy(() -> createTopic("__transaction_state", 1)).isInstanceOf(InvalidTopicException.class);
    }
}
