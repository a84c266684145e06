package io.tailrace.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.CommitFailedException;
import io.tailrace.common.errors.InterruptException;
import io.tailrace.common.errors.InvalidGroupIdException;
import io.tailrace.common.errors.LogClosedException;
import io.tailrace.common.errors.NoOffsetForPartitionException;
import io.tailrace.common.errors.OffsetOutOfRangeException;
import io.tailrace.common.errors.SerializationException;
import io.tailrace.common.errors.UnknownTopicOrPartitionException;
import io.tailrace.common.errors.WakeupException;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.ConsumerRecords;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.OffsetAndTimestamp;
import io.tailrace.log.api.OffsetResetPolicy;
import io.tailrace.log.api.Producer;
import io.tailrace.serde.Deserializer;
import io.tailrace.serde.IntegerDeserializer;
import io.tailrace.serde.StringDeserializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.ConcurrentModificationException;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reading assigned partitions: positions, resets, waiting, pausing, errors. */
abstract class ConsumerContract extends LogContract {
    private static final TopicPartition T0 = new TopicPartition("t", 0);
    private static final TopicPartition T1 = new TopicPartition("t", 1);

    ConsumerContract(LogHome home) {
        super(home);
    }

    @BeforeEach
    void createTopic() {
        createTopic("t", 2);
    }

    @Test
    void shouldReadEveryRecordOnceAndInOrder() {
        write(T0, 0, 5000);
        try (Consumer<String, String> consumer = consumer(EARLIEST.withMaxPollRecords(37))) {
            consumer.assign(List.of(T0));
            List<ConsumerRecord<String, String>> records = take(consumer, 5000);

            assertThat(values(records))
                    .isEqualTo(
                            IntStream.range(0, 5000).mapToObj(Integer::toString).toList());
            assertThat(records).extracting(ConsumerRecord::offset).first().isEqualTo(0L);
            assertThat(records).extracting(ConsumerRecord::offset).last().isEqualTo(4999L);
            assertThat(consumer.poll(Duration.ZERO).isEmpty()).isTrue();
            assertThat(consumer.position(T0)).isEqualTo(5000);
        }
    }

    @Test
    void shouldReturnAtMostMaxPollRecords() {
        write(T0, 0, 100);
        write(T1, 0, 100);
        try (Consumer<String, String> consumer = consumer(EARLIEST.withMaxPollRecords(30))) {
            consumer.assign(List.of(T0, T1));

            assertThat(consumer.poll(Duration.ZERO).count()).isEqualTo(30);
        }
    }

    @Test
    void shouldBeFairToAllPartitions() {
        write(T0, 0, 100);
        write(T1, 0, 100);
        try (Consumer<String, String> consumer = consumer(EARLIEST.withMaxPollRecords(10))) {
            consumer.assign(List.of(T0, T1));
            AtomicInteger ofT0 = new AtomicInteger();
            for (int i = 0; i < 4; i++) {
                ofT0.addAndGet(consumer.poll(Duration.ZERO).records(T0).size());
            }
            assertThat(ofT0).hasValue(20);
        }
    }

    @Test
    void shouldSeekIntoTheMiddleOfABatch() {
        write(T0, 0, 100);
        try (Consumer<String, String> consumer = consumer(EARLIEST.withMaxPollRecords(2))) {
            consumer.assign(List.of(T0));
            consumer.seek(T0, 41);

            assertThat(values(take(consumer, 2))).containsExactly("41", "42");
            assertThat(consumer.position(T0)).isEqualTo(43);
            consumer.seek(T0, 7);
            assertThat(values(take(consumer, 2))).containsExactly("7", "8");
            consumer.seekToBeginning(List.of(T0));
            assertThat(values(take(consumer, 2))).containsExactly("0", "1");
            consumer.seekToEnd(List.of());
            assertThat(consumer.position(T0)).isEqualTo(100);
        }
    }

    @Test
    void shouldStartWhereTheResetPolicySays() {
        write(T0, 0, 10);
        try (Consumer<String, String> earliest = consumer(EARLIEST);
                Consumer<String, String> latest = consumer(ConsumerConfig.DEFAULT);
                Consumer<String, String> none =
                        consumer(ConsumerConfig.DEFAULT.withAutoOffsetReset(OffsetResetPolicy.NONE))) {
            earliest.assign(List.of(T0));
            latest.assign(List.of(T0));
            none.assign(List.of(T0));

            assertThat(earliest.position(T0)).isZero();
            assertThat(latest.position(T0)).isEqualTo(10);
            write(T0, 10, 1);
            assertThat(values(take(latest, 1))).containsExactly("10");
            assertThatThrownBy(() -> none.poll(Duration.ZERO))
                    .isInstanceOf(NoOffsetForPartitionException.class)
                    .hasMessageContaining("t-0");
            none.seek(T0, 3);
            assertThat(values(take(none, 1))).first().isEqualTo("3");
        }
    }

    @Test
    void shouldResetAPositionBehindTheEnd() {
        write(T0, 0, 10);
        try (Consumer<String, String> earliest = consumer(EARLIEST);
                Consumer<String, String> none =
                        consumer(ConsumerConfig.DEFAULT.withAutoOffsetReset(OffsetResetPolicy.NONE))) {
            earliest.assign(List.of(T0));
            none.assign(List.of(T0));
            earliest.seek(T0, 1000);
            none.seek(T0, 1000);

            assertThat(values(take(earliest, 10))).first().isEqualTo("0");
            assertThatThrownBy(() -> none.poll(Duration.ZERO))
                    .isInstanceOf(OffsetOutOfRangeException.class)
                    .hasMessageContaining("1000")
                    .hasMessageContaining("0..10");
        }
    }

    @Test
    void shouldKeepPositionsOfPartitionsThatStayAssigned() {
        write(T0, 0, 10);
        write(T1, 0, 10);
        try (Consumer<String, String> consumer = consumer(EARLIEST)) {
            consumer.assign(List.of(T0));
            take(consumer, 10);
            consumer.assign(List.of(T0, T1));

            assertThat(consumer.assignment()).containsExactly(T0, T1);
            assertThat(consumer.position(T0)).isEqualTo(10);
            consumer.assign(List.of(T1));
            consumer.assign(List.of(T0));
            assertThat(consumer.position(T0)).isZero();
        }
    }

    @Test
    void shouldCommitPositionsAndGoOnThere() {
        write(T0, 0, 10);
        ConsumerConfig config = EARLIEST.withGroupId("g").withMaxPollRecords(4);
        try (Consumer<String, String> consumer = consumer(config)) {
            consumer.assign(List.of(T0, T1));
            assertThat(consumer.committed(Set.of(T0))).isEmpty();
            take(consumer, 4);
            consumer.commitSync();

            assertThat(consumer.committed(Set.of(T0, T1))).containsEntry(T0, new OffsetAndMetadata(4));
        }
        try (Consumer<String, String> consumer = consumer(config)) {
            consumer.assign(List.of(T0));
            assertThat(values(take(consumer, 4))).containsExactly("4", "5", "6", "7");
            consumer.commitSync(Map.of(T0, new OffsetAndMetadata(9, "by hand")));
            assertThat(consumer.committed(Set.of(T0))).containsEntry(T0, new OffsetAndMetadata(9, "by hand"));
        }
        assertThat(admin.listGroups()).containsExactly("g");
    }

    @Test
    void shouldRefuseCommitsWithoutGroupAndOfUnknownPartitions() {
        try (Consumer<String, String> alone = consumer(EARLIEST);
                Consumer<String, String> grouped = member("g")) {
            alone.assign(List.of(T0));

            assertThatThrownBy(alone::commitSync)
                    .isInstanceOf(InvalidGroupIdException.class)
                    .hasMessageContaining("withGroupId");
            assertThatThrownBy(() -> alone.committed(Set.of(T0))).isInstanceOf(InvalidGroupIdException.class);
            TopicPartition none = new TopicPartition("none", 0);
            assertThatThrownBy(() -> grouped.commitSync(Map.of(none, new OffsetAndMetadata(1))))
                    .isInstanceOf(UnknownTopicOrPartitionException.class);
            TopicPartition t7 = new TopicPartition("t", 7);
            assertThatThrownBy(() -> grouped.commitSync(Map.of(t7, new OffsetAndMetadata(1))))
                    .isInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void shouldRefuseCommitsFromOutsideAGroupThatHasMembers() {
        try (Consumer<String, String> member = member("g");
                Consumer<String, String> outside = member("g")) {
            member.subscribe(Set.of("t"));
            member.poll(Duration.ZERO);
            outside.assign(List.of(T0));

            assertThatThrownBy(() -> outside.commitSync(Map.of(T0, new OffsetAndMetadata(1))))
                    .isInstanceOf(CommitFailedException.class);
            member.unsubscribe();
            outside.commitSync(Map.of(T0, new OffsetAndMetadata(1)));
            assertThat(outside.committed(Set.of(T0))).hasSize(1);
        }
    }

    @Test
    void shouldTellTheLag() {
        write(T0, 0, 10);
        try (Consumer<String, String> consumer = consumer(EARLIEST.withMaxPollRecords(4))) {
            consumer.assign(List.of(T0));

            assertThat(consumer.currentLag(T0)).isEmpty();
            take(consumer, 4);
            assertThat(consumer.currentLag(T0)).isEqualTo(OptionalLong.of(6));
        }
    }

    @Test
    void shouldTellBeginningAndEndOffsets() {
        write(T1, 0, 10);
        try (Consumer<String, String> consumer = consumer(EARLIEST)) {
            assertThat(consumer.beginningOffsets(List.of(T0, T1)))
                    .containsEntry(T0, 0L)
                    .containsEntry(T1, 0L);
            assertThat(consumer.endOffsets(List.of(T0, T1)))
                    .containsEntry(T0, 0L)
                    .containsEntry(T1, 10L);
        }
    }

    @Test
    void shouldStartAtTheFirstRecordThatIsNotOlder() {
        ManualTime time = new ManualTime();
        reopen(LogOptions.DEFAULT.withTime(time));
        write(T0, 0, 10);
        time.advance(Duration.ofHours(1));
        write(T0, 10, 10);
        OffsetResetPolicy tenMinutes = OffsetResetPolicy.byDuration(Duration.ofMinutes(10));
        try (Consumer<String, String> consumer = consumer(EARLIEST.withAutoOffsetReset(tenMinutes))) {
            consumer.assign(List.of(T0, T1));

            assertThat(consumer.position(T0)).isEqualTo(10);
            assertThat(consumer.position(T1)).as("an empty one").isZero();
            consumer.seek(T0, 1000);
            assertThat(values(take(consumer, 10))).first().isEqualTo("10");
        }
        time.advance(Duration.ofHours(1));
        try (Consumer<String, String> consumer = consumer(EARLIEST.withAutoOffsetReset(tenMinutes))) {
            consumer.assign(List.of(T0));
            assertThat(consumer.position(T0)).as("all are older").isEqualTo(20);
        }
    }

    @Test
    void shouldFindOffsetsByTime() {
        ManualTime time = new ManualTime();
        reopen(LogOptions.DEFAULT.withTime(time));
        long firstMs = time.milliseconds();
        write(T0, 0, 10);
        time.advance(Duration.ofHours(1));
        long secondMs = time.milliseconds();
        write(T0, 10, 10);
        try (Consumer<String, String> consumer = consumer(EARLIEST)) {
            assertThat(consumer.offsetsForTimes(Map.of(T0, firstMs + 1, T1, firstMs)))
                    .containsOnly(Map.entry(T0, new OffsetAndTimestamp(10, secondMs)));
            assertThat(consumer.offsetsForTimes(Map.of(T0, 0L))).containsEntry(T0, new OffsetAndTimestamp(0, firstMs));
            assertThat(consumer.offsetsForTimes(Map.of(T0, secondMs + 1))).isEmpty();
            assertThatThrownBy(() -> consumer.offsetsForTimes(Map.of(new TopicPartition("t", 2), 0L)))
                    .isInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void shouldTellWhichTopicsAndPartitionsThereAre() {
        try (Consumer<String, String> consumer = consumer(EARLIEST)) {
            assertThat(consumer.listTopics()).containsOnly(Map.entry("t", List.of(T0, T1)));
            assertThat(consumer.partitionsFor("t")).containsExactly(T0, T1);
            assertThatThrownBy(() -> consumer.partitionsFor("none"))
                    .isInstanceOf(UnknownTopicOrPartitionException.class);
        }
    }

    @Test
    void shouldFindTheOnePartitionOfManyThatHasNews() throws Exception {
        createTopic("wide", 1000);
        try (Consumer<String, String> consumer = consumer(EARLIEST)) {
            consumer.assign(partitions("wide", 1000));
            assertThat(consumer.poll(Duration.ZERO).isEmpty()).isTrue();
            for (int partition : List.of(999, 0, 500, 999)) {
                CountDownLatch polling = new CountDownLatch(1);
                Future<ConsumerRecords<String, String>> poll = start(() -> {
                    polling.countDown();
                    return consumer.poll(PATIENCE.multipliedBy(10));
                });
                polling.await();
                write(new TopicPartition("wide", partition), 7, 1);

                assertThat(await(poll).partitions()).containsExactly(new TopicPartition("wide", partition));
            }
        }
    }

    @Test
    void shouldReturnWhatCameWhileAPartitionWasPaused() {
        try (Consumer<String, String> consumer = consumer(EARLIEST)) {
            consumer.assign(List.of(T0, T1));
            consumer.poll(Duration.ZERO);
            consumer.pause(List.of(T0));
            write(T0, 0, 3);
            assertThat(consumer.poll(Duration.ZERO).isEmpty()).isTrue();
            write(T0, 3, 3);
            consumer.resume(List.of(T0));

            assertThat(values(take(consumer, 6))).containsExactly("0", "1", "2", "3", "4", "5");
            consumer.seek(T0, 4);
            assertThat(values(take(consumer, 2))).containsExactly("4", "5");
        }
    }

    @Test
    void shouldReturnNothingOfPausedPartitions() {
        write(T0, 0, 10);
        write(T1, 0, 10);
        try (Consumer<String, String> consumer = consumer(EARLIEST)) {
            consumer.assign(List.of(T0, T1));
            consumer.pause(List.of(T0));

            assertThat(consumer.paused()).containsExactly(T0);
            assertThat(take(consumer, 10)).allMatch(record -> record.partition() == 1);
            assertThat(consumer.poll(Duration.ZERO).isEmpty()).isTrue();
            consumer.resume(List.of(T0));
            assertThat(consumer.paused()).isEmpty();
            assertThat(take(consumer, 10)).allMatch(record -> record.partition() == 0);
        }
    }

    @Test
    void shouldWakeAWaitingPollWhenARecordComes() throws Exception {
        try (Consumer<String, String> consumer = consumer(EARLIEST)) {
            consumer.assign(List.of(T0, T1));
            CountDownLatch polling = new CountDownLatch(1);
            Future<ConsumerRecords<String, String>> poll = start(() -> {
                polling.countDown();
                return consumer.poll(Duration.ofDays(100_000_000)); // longer than nanoseconds can count
            });
            polling.await();
            write(T1, 0, 1);

            assertThat(await(poll).records(T1)).hasSize(1);
        }
    }

    @Test
    void shouldHandOverRecordByRecordWithoutLosingAWakeUp() throws Exception {
        int rounds = 2000;
        try (Consumer<String, String> there = consumer(EARLIEST);
                Consumer<String, String> back = consumer(EARLIEST)) {
            there.assign(List.of(T0));
            back.assign(List.of(T1));
            Future<Integer> echo = start(() -> {
                try (Producer<String, String> producer = producer()) {
                    for (int i = 0; i < rounds; i++) {
                        take(there, 1);
                        producer.post(new ProducerRecord<>("t", 1, "k", "pong"));
                        producer.flush();
                    }
                }
                return rounds;
            });
            try (Producer<String, String> producer = producer()) {
                for (int i = 0; i < rounds; i++) {
                    producer.post(new ProducerRecord<>("t", 0, "k", "ping"));
                    producer.flush();
                    take(back, 1);
                }
            }
            assertThat(await(echo)).isEqualTo(rounds);
        }
    }

    @Test
    void shouldReturnNothingWhenTheTimeIsOver() throws Exception {
        ManualTime time = new ManualTime();
        reopen(LogOptions.DEFAULT.withTime(time));
        try (Consumer<String, String> consumer = consumer(EARLIEST)) {
            consumer.assign(List.of(T0));
            Future<ConsumerRecords<String, String>> poll = start(() -> consumer.poll(Duration.ofMillis(10)));
            while (!poll.isDone()) {
                time.advance(Duration.ofMillis(1));
                Thread.onSpinWait();
            }
            assertThat(await(poll).isEmpty()).isTrue();
        }
    }

    @Test
    void shouldWakeUpAPollThatWaitsAndTheNextOneThatDoesNot() throws Exception {
        write(T0, 0, 1);
        try (Consumer<String, String> consumer = consumer(EARLIEST)) {
            consumer.assign(List.of(T1));
            CountDownLatch polling = new CountDownLatch(1);
            Future<ConsumerRecords<String, String>> poll = start(() -> {
                polling.countDown();
                return consumer.poll(PATIENCE.multipliedBy(10));
            });
            polling.await();
            consumer.wakeup();
            assertThatThrownBy(() -> await(poll)).isInstanceOf(WakeupException.class);

            consumer.assign(List.of(T0));
            consumer.wakeup();
            assertThatThrownBy(() -> consumer.poll(Duration.ZERO)).isInstanceOf(WakeupException.class);
            assertThat(take(consumer, 1)).hasSize(1);
        }
    }

    @Test
    void shouldEndAWaitingPollWhenItsThreadIsInterrupted() throws Exception {
        try (Consumer<String, String> consumer = consumer(EARLIEST)) {
            consumer.assign(List.of(T0));
            Future<Boolean> poll = start(() -> {
                Thread.currentThread().interrupt();
                assertThatThrownBy(() -> consumer.poll(PATIENCE.multipliedBy(10)))
                        .isInstanceOf(InterruptException.class);
                return Thread.currentThread().isInterrupted();
            });
            assertThat(await(poll)).isTrue();
            write(T0, 0, 1);
            assertThat(take(consumer, 1)).hasSize(1);
        }
    }

    @Test
    void shouldRefuseASecondThread() throws Exception {
        write(T0, 0, 1);
        CountDownLatch inside = new CountDownLatch(1);
        CountDownLatch refused = new CountDownLatch(1);
        Deserializer<String> slow = (topic, data) -> {
            inside.countDown();
            try {
                refused.await();
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            return "slow";
        };
        try (Consumer<String, String> consumer = log.newConsumer(EARLIEST, new StringDeserializer(), slow)) {
            consumer.assign(List.of(T0));
            Future<ConsumerRecords<String, String>> poll = start(() -> consumer.poll(PATIENCE));
            inside.await();

            assertThatThrownBy(consumer::paused)
                    .isInstanceOf(ConcurrentModificationException.class)
                    .hasMessageContaining("one thread at a time");
            refused.countDown();
            assertThat(await(poll).count()).isEqualTo(1);
            assertThat(consumer.paused()).isEmpty();
        }
    }

    @Test
    void shouldStayAtARecordThatDoesNotDeserialize() {
        try (Producer<String, String> producer = producer()) {
            producer.post(new ProducerRecord<>("t", 0, "k", "four"));
            producer.post(new ProducerRecord<>("t", 0, "k", "broken"));
            producer.post(new ProducerRecord<>("t", 0, "k", "more"));
        }
        try (Consumer<String, Integer> consumer =
                log.newConsumer(EARLIEST, new StringDeserializer(), new IntegerDeserializer())) {
            consumer.assign(List.of(T0));

            assertThat(consumer.poll(PATIENCE).count())
                    .as("what came before is not lost")
                    .isEqualTo(1);
            for (int i = 0; i < 2; i++) {
                assertThatThrownBy(() -> consumer.poll(PATIENCE))
                        .isInstanceOf(SerializationException.class)
                        .hasMessageContaining("t-0@1")
                        .hasMessageContaining("value")
                        .hasMessageContaining("IntegerDeserializer")
                        .hasMessageContaining("seek to 2");
            }
            assertThat(consumer.position(T0)).isEqualTo(1);
            consumer.seek(T0, 2);
            assertThat(take(consumer, 1).get(0).offset()).isEqualTo(2);
        }
    }

    @Test
    void shouldNotLoseRecordsOfOnePartitionWhenAnotherFails() {
        try (Producer<String, String> producer = producer()) {
            producer.post(new ProducerRecord<>("t", 0, "k", "four"));
            producer.post(new ProducerRecord<>("t", 0, "k", "five."));
            producer.post(new ProducerRecord<>("t", 1, "k", "nine"));
        }
        try (Consumer<String, Integer> consumer =
                log.newConsumer(EARLIEST, new StringDeserializer(), new IntegerDeserializer())) {
            consumer.assign(List.of(T0, T1));
            List<ConsumerRecord<String, Integer>> good = new ArrayList<>();
            int failures = 0;
            for (int i = 0; i < 4 && failures == 0; i++) {
                try {
                    consumer.poll(Duration.ZERO).forEach(good::add);
                } catch (SerializationException e) {
                    failures++;
                }
            }
            consumer.pause(List.of(T0));
            consumer.poll(Duration.ZERO).forEach(good::add);

            assertThat(failures).isEqualTo(1);
            assertThat(good).extracting(ConsumerRecord::partition).containsExactlyInAnyOrder(0, 1);
        }
    }

    @Test
    void shouldRefuseWhatIsNotAssignedOrDoesNotExist() {
        try (Consumer<String, String> consumer = consumer(EARLIEST)) {
            assertThatThrownBy(() -> consumer.poll(Duration.ZERO)).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> consumer.seek(T0, 1))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("t-0");
            assertThatThrownBy(() -> consumer.assign(List.of(new TopicPartition("t", 2))))
                    .isInstanceOf(UnknownTopicOrPartitionException.class);
            assertThatThrownBy(() -> consumer.assign(List.of(new TopicPartition("none", 0))))
                    .isInstanceOf(UnknownTopicOrPartitionException.class);
            consumer.assign(List.of(T0));
            assertThatThrownBy(() -> consumer.seek(T0, -1)).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> consumer.subscribe(Set.of("t"))).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void shouldFailWhenAnAssignedTopicIsDeleted() {
        write(T0, 0, 10);
        try (Consumer<String, String> consumer = consumer(EARLIEST)) {
            consumer.assign(List.of(T0));
            take(consumer, 10);
            admin.deleteTopic("t");

            assertThatThrownBy(() -> consumer.poll(Duration.ZERO)).isInstanceOf(UnknownTopicOrPartitionException.class);
            createTopic("t", 1);
            write(T0, 100, 1);
            consumer.assign(List.of(T0));
            assertThat(values(take(consumer, 1))).containsExactly("100");
        }
    }

    @Test
    void shouldFailAfterClose() {
        Consumer<String, String> consumer = consumer(EARLIEST);
        consumer.close();
        consumer.close();

        assertThatThrownBy(() -> consumer.assign(List.of(T0))).isInstanceOf(LogClosedException.class);
    }

    @Test
    void shouldEndAWaitingPollWhenTheLogIsClosed() throws Exception {
        Consumer<String, String> assigned = consumer(EARLIEST);
        Consumer<String, String> subscribed = member("g");
        assigned.assign(List.of(T0));
        subscribed.subscribe(Set.of("later"));
        Future<ConsumerRecords<String, String>> first = start(() -> assigned.poll(PATIENCE.multipliedBy(10)));
        Future<ConsumerRecords<String, String>> second = start(() -> subscribed.poll(PATIENCE.multipliedBy(10)));
        log.close();

        assertThatThrownBy(() -> await(first)).isInstanceOf(LogClosedException.class);
        assertThatThrownBy(() -> await(second)).isInstanceOf(LogClosedException.class);
        assigned.close();
        subscribed.close();
    }
}
