package io.tailrace.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TimestampType;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.InvalidTopicException;
import io.tailrace.common.errors.LogClosedException;
import io.tailrace.common.errors.RecordTooLargeException;
import io.tailrace.common.errors.SerializationException;
import io.tailrace.common.errors.TimeoutException;
import io.tailrace.common.errors.UnknownTopicOrPartitionException;
import io.tailrace.common.header.Header;
import io.tailrace.common.header.RecordHeader;
import io.tailrace.log.api.Compression;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.api.RecordMetadata;
import io.tailrace.serde.Serializer;
import io.tailrace.serde.StringSerializer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Sending: partitions, batches, linger, futures, errors. */
abstract class ProducerContract extends LogContract {
    private static final TopicPartition T0 = new TopicPartition("t", 0);

    /** Nothing is appended but by a full batch or a flush. */
    private static final ProducerConfig PATIENT = ProducerConfig.DEFAULT.withLinger(Duration.ofDays(1_000_000));

    ProducerContract(LogHome home) {
        super(home);
    }

    @Test
    void shouldReturnWhatWasSent() throws Exception {
        createTopic("t", 1);
        try (Producer<String, String> producer = producer();
                Consumer<String, String> consumer = consumer(EARLIEST)) {
            List<Header> headers = List.of(new RecordHeader("h", new byte[] {1, 2}), new RecordHeader("none", null));
            RecordMetadata metadata =
                    await(producer.send(new ProducerRecord<>("t", null, 123_456L, "key", "wert ü", headers)));

            consumer.assign(List.of(T0));
            ConsumerRecord<String, String> record = take(consumer, 1).get(0);
            assertThat(metadata).isEqualTo(new RecordMetadata(T0, 0, 123_456L));
            assertThat(record.offset()).isZero();
            assertThat(record.key()).isEqualTo("key");
            assertThat(record.value()).isEqualTo("wert ü");
            assertThat(record.serializedKeySize()).isEqualTo(3);
            assertThat(record.serializedValueSize()).isEqualTo(7);
            assertThat(record.timestamp()).isEqualTo(123_456L);
            assertThat(record.timestampType()).isEqualTo(TimestampType.CREATE_TIME);
            assertThat(record.headers()).containsExactlyElementsOf(headers);
        }
    }

    @Test
    void shouldKeepNullKeysAndValuesApartFromEmptyOnes() {
        createTopic("t", 1);
        try (Producer<String, String> producer = producer();
                Consumer<String, String> consumer = consumer(EARLIEST)) {
            producer.post(new ProducerRecord<>("t", null, null));
            producer.post(new ProducerRecord<>("t", "", ""));
            producer.flush();

            consumer.assign(List.of(T0));
            List<ConsumerRecord<String, String>> records = take(consumer, 2);
            assertThat(records.get(0).key()).isNull();
            assertThat(records.get(0).value()).isNull();
            assertThat(records.get(0).serializedValueSize()).isEqualTo(-1);
            assertThat(records.get(1).key()).isEmpty();
            assertThat(records.get(1).value()).isEmpty();
        }
    }

    @Test
    void shouldGiveTheTimeOfTheLogToRecordsWithoutTimestamp() throws Exception {
        ManualTime time = new ManualTime();
        reopen(LogOptions.DEFAULT.withTime(time));
        try (Producer<String, String> producer = producer()) {
            CompletableFuture<RecordMetadata> first = producer.send(new ProducerRecord<>("t", "a"));
            time.advance(Duration.ofSeconds(7));
            CompletableFuture<RecordMetadata> second = producer.send(new ProducerRecord<>("t", "b"));
            producer.flush();

            assertThat(await(second).timestamp() - await(first).timestamp()).isEqualTo(7000);
        }
    }

    /** The hashes are those that Kafka's own client computes. */
    @Test
    void shouldChooseThePartitionOfAKeyAsKafkaDoes() throws Exception {
        Map<String, Integer> hashes = Map.of(
                "21", -973932308,
                "foobar", -790332482,
                "a-little-bit-long-string", -985981536,
                "a-little-bit-longer-string", -1486304829,
                "lkjh234lh9fiuh90y23oiuhsafujhadof229phr9h19h89h8", -58897971);
        createTopic("t", 7);
        try (Producer<String, String> producer = producer()) {
            Map<String, CompletableFuture<RecordMetadata>> sent = new HashMap<>();
            hashes.keySet().forEach(key -> sent.put(key, producer.send(new ProducerRecord<>("t", key, "v"))));
            producer.flush();

            for (Map.Entry<String, CompletableFuture<RecordMetadata>> entry : sent.entrySet()) {
                int hash = hashes.getOrDefault(entry.getKey(), 0);
                assertThat(await(entry.getValue()).partition()).isEqualTo((hash & 0x7fffffff) % 7);
            }
        }
    }

    @Test
    void shouldTakeThePartitionThatTheRecordNames() throws Exception {
        createTopic("t", 5);
        try (Producer<String, String> producer = producer()) {
            CompletableFuture<RecordMetadata> sent = producer.send(new ProducerRecord<>("t", 3, "key", "v"));
            producer.flush();

            assertThat(await(sent).topicPartition()).isEqualTo(new TopicPartition("t", 3));
        }
    }

    @Test
    void shouldStickToOnePartitionForABatchWithoutKeyAndThenTakeTheNext() throws Exception {
        createTopic("t", 3);
        try (Producer<String, String> producer = producer(PATIENT)) {
            List<Integer> partitionOfBatch = new ArrayList<>();
            for (int batch = 0; batch < 6; batch++) {
                List<CompletableFuture<RecordMetadata>> sent = new ArrayList<>();
                for (int i = 0; i < 10; i++) {
                    sent.add(producer.send(new ProducerRecord<>("t", "v")));
                }
                producer.flush();
                int partition = await(sent.get(0)).partition();
                for (CompletableFuture<RecordMetadata> one : sent) {
                    assertThat(await(one).partition()).isEqualTo(partition);
                }
                partitionOfBatch.add(partition);
            }
            assertThat(partitionOfBatch.subList(0, 3)).containsExactlyInAnyOrder(0, 1, 2);
            assertThat(partitionOfBatch.subList(3, 6)).isEqualTo(partitionOfBatch.subList(0, 3));
        }
    }

    @Test
    void shouldMoveTheRecordThatNoLongerFitsToTheNextPartition() {
        createTopic("t", 2);
        try (Producer<String, String> producer = producer(PATIENT.withBatchBytes(1024))) {
            for (int i = 0; i < 9; i++) {
                producer.post(new ProducerRecord<>("t", "x".repeat(240))); // four of these fill a batch
            }
            assertThat(admin.endOffsets(partitions("t", 2)).values()).containsExactlyInAnyOrder(3L, 3L);
        }
        assertThat(admin.endOffsets(partitions("t", 2)).values()).containsExactlyInAnyOrder(6L, 3L);
    }

    @Test
    void shouldCompleteFuturesInOrderOfOffsets() throws Exception {
        createTopic("t", 1);
        try (Producer<String, String> producer = producer(PATIENT)) {
            List<Long> completed = new ArrayList<>();
            List<CompletableFuture<Boolean>> sent = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                sent.add(producer.send(new ProducerRecord<>("t", "v" + i))
                        .thenApply(metadata -> completed.add(metadata.offset())));
            }
            assertThat(sent).noneMatch(CompletableFuture::isDone);
            producer.flush();

            assertThat(sent).allMatch(CompletableFuture::isDone);
            assertThat(completed).hasSize(100).isSorted().startsWith(0L).endsWith(99L);
        }
    }

    @Test
    void shouldAppendAFullBatchWithoutAnyFlush() {
        createTopic("t", 1);
        try (Producer<String, String> producer = producer(PATIENT.withBatchBytes(1024))) {
            for (int i = 0; i < 100; i++) {
                producer.post(new ProducerRecord<>("t", "x".repeat(100)));
            }
            assertThat(endOf(T0)).isBetween(80L, 99L);
        }
        assertThat(endOf(T0)).isEqualTo(100);
    }

    @Test
    void shouldAppendARecordThatIsLargerThanABatch() throws Exception {
        createTopic("t", 1);
        String large = "x".repeat(5000);
        try (Producer<String, String> producer = producer(PATIENT.withBatchBytes(1024))) {
            producer.post(new ProducerRecord<>("t", "before"));
            CompletableFuture<RecordMetadata> sent = producer.send(new ProducerRecord<>("t", large));

            assertThat(await(sent).offset()).isEqualTo(1);
            producer.post(new ProducerRecord<>("t", "after"));
        }
        assertThat(read(T0)).containsExactly("before", large, "after");
    }

    @Test
    void shouldAppendWhenTheLingerIsOver() throws Exception {
        ManualTime time = new ManualTime();
        reopen(LogOptions.DEFAULT.withTime(time));
        try (Producer<String, String> producer = producer(ProducerConfig.DEFAULT.withLinger(Duration.ofMillis(20)))) {
            CompletableFuture<RecordMetadata> first = producer.send(new ProducerRecord<>("t", "a"));
            CompletableFuture<RecordMetadata> second = producer.send(new ProducerRecord<>("t", "b"));
            assertThat(first).isNotDone();

            time.advance(Duration.ofMillis(20));
            assertThat(await(first).offset()).isZero();
            assertThat(await(second).offset()).isEqualTo(1);

            CompletableFuture<RecordMetadata> third = producer.send(new ProducerRecord<>("t", "c"));
            assertThat(third).isNotDone();
            time.advance(Duration.ofMillis(20));
            assertThat(await(third).offset()).isEqualTo(2);
        }
    }

    @Test
    void shouldLetTheLingerOfANewBatchBeginWithItsFirstRecord() throws Exception {
        ManualTime time = new ManualTime();
        reopen(LogOptions.DEFAULT.withTime(time));
        try (Producer<String, String> producer = producer(ProducerConfig.DEFAULT.withLinger(Duration.ofMillis(20)))) {
            producer.post(new ProducerRecord<>("t", "a"));
            time.advance(Duration.ofMillis(15));
            producer.flush();
            CompletableFuture<RecordMetadata> second = producer.send(new ProducerRecord<>("t", "b"));
            CompletableFuture<RecordMetadata> other = producer.send(new ProducerRecord<>("u", "c"));
            time.advance(Duration.ofMillis(15)); // 30 ms after the first, 15 after the second
            try (Producer<String, String> hasty = producer(ProducerConfig.DEFAULT.withLinger(Duration.ZERO))) {
                await(hasty.send(new ProducerRecord<>("w", "d"))); // so the sender has looked at all that was due
            }
            assertThat(second).isNotDone();

            time.advance(Duration.ofMillis(5));
            assertThat(await(second).offset()).isEqualTo(1);
            assertThat(await(other).offset()).isZero();
        }
    }

    @Test
    void shouldHaveAppendedWhenASendWithoutLingerReturns() {
        try (Producer<String, String> producer = producer(ProducerConfig.DEFAULT.withLinger(Duration.ZERO))) {
            producer.post(new ProducerRecord<>("t", "posted"));
            assertThat(producer.send(new ProducerRecord<>("t", "sent"))).isDone();
            assertThat(admin.endOffsets(List.of(T0))).containsEntry(T0, 2L);
        }
    }

    @Test
    void shouldAppendAtOnceWithoutLinger() throws Exception {
        reopen(LogOptions.DEFAULT.withTime(new ManualTime())); // a clock that stands still: no linger would ever end
        try (Producer<String, String> producer = producer(ProducerConfig.DEFAULT.withLinger(Duration.ZERO))) {
            for (int i = 0; i < 20; i++) {
                assertThat(await(producer.send(new ProducerRecord<>("t", "v"))).offset())
                        .isEqualTo(i);
            }
        }
    }

    @Test
    void shouldKeepTheOrderOfEachSendingThread() throws Exception {
        int threads = 4;
        int each = 3000;
        createTopic("t", 2);
        try (Producer<String, String> producer = producer(ProducerConfig.DEFAULT.withBatchBytes(2048))) {
            CountDownLatch ready = new CountDownLatch(threads);
            List<Future<List<CompletableFuture<RecordMetadata>>>> senders = new ArrayList<>();
            for (int t = 0; t < threads; t++) {
                String name = "thread" + t;
                senders.add(start(() -> {
                    ready.countDown();
                    ready.await();
                    List<CompletableFuture<RecordMetadata>> sent = new ArrayList<>();
                    for (int i = 0; i < each; i++) {
                        sent.add(producer.send(new ProducerRecord<>("t", i % 2, name, Integer.toString(i))));
                    }
                    return sent;
                }));
            }
            for (Future<List<CompletableFuture<RecordMetadata>>> sender : senders) {
                await(sender);
            }
            producer.flush();
            for (Future<List<CompletableFuture<RecordMetadata>>> sender : senders) {
                assertThat(await(sender)).allMatch(sent -> sent.isDone() && !sent.isCompletedExceptionally());
            }
        }
        try (Consumer<String, String> consumer = consumer(EARLIEST)) {
            consumer.assign(partitions("t", 2));
            Map<String, Integer> last = new HashMap<>();
            for (ConsumerRecord<String, String> record : take(consumer, threads * each)) {
                String sequence = record.key() + "/" + record.partition();
                int number = Integer.parseInt(String.valueOf(record.value()));
                Integer before = last.put(sequence, number);
                assertThat(number).isEqualTo(before == null ? record.partition() : before + 2);
            }
            assertThat(last).hasSize(threads * 2);
        }
    }

    @Test
    void shouldFreezeTheHeadersOfASentRecord() {
        try (Producer<String, String> producer = producer()) {
            ProducerRecord<String, String> record = new ProducerRecord<>("t", "v");
            producer.post(record);

            assertThatThrownBy(() -> record.headers().add("late", null)).isInstanceOf(IllegalStateException.class);
        }
    }

    @Test
    void shouldCreateATopicWhenItIsFirstSentTo() {
        reopen(LogOptions.DEFAULT.withDefaultPartitions(3));
        try (Producer<String, String> producer = producer()) {
            producer.post(new ProducerRecord<>("new", "v"));
        }
        assertThat(admin.describeTopic("new").partitions()).isEqualTo(3);
    }

    @Test
    void shouldRefuseUnknownTopicsWhenTheyAreNotCreatedAutomatically() {
        reopen(LogOptions.DEFAULT.withAutoCreateTopics(false));
        try (Producer<String, String> producer = producer()) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("new", "v")))
                    .isInstanceOf(UnknownTopicOrPartitionException.class)
                    .hasMessageContaining("new");
        }
        assertThat(admin.listTopics()).isEmpty();
    }

    @Test
    void shouldRefuseWhatCannotBeSent() {
        createTopic("t", 2);
        try (Producer<String, String> producer = producer()) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("t", 2, "k", "v")))
                    .isInstanceOf(UnknownTopicOrPartitionException.class)
                    .hasMessageContaining("0..1");
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("no/name", "v")))
                    .isInstanceOf(InvalidTopicException.class);
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("__consumer_offsets", "v")))
                    .isInstanceOf(InvalidTopicException.class);
        }
    }

    @Test
    void shouldRefuseRecordsThatAreTooLarge() {
        admin.createTopic(new NewTopic("t", 1, Map.of("max.message.bytes", "1500")));
        try (Producer<String, String> producer = producer(ProducerConfig.DEFAULT.withMaxRecordBytes(3000))) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("t", "k", "x".repeat(3000))))
                    .isInstanceOf(RecordTooLargeException.class)
                    .hasMessageContaining("3001")
                    .hasMessageContaining("maxRecordBytes");
            if (compression() == Compression.NONE) {
                assertThatThrownBy(() -> producer.send(new ProducerRecord<>("t", "k", "x".repeat(2000))))
                        .isInstanceOf(RecordTooLargeException.class)
                        .hasMessageContaining("max.message.bytes");
            } else { // the size that counts is known when it is compressed
                CompletableFuture<RecordMetadata> sent = producer.send(new ProducerRecord<>("t", "k", noise(950)));
                producer.flush();
                assertThatThrownBy(sent::join)
                        .hasCauseInstanceOf(RecordTooLargeException.class)
                        .hasMessageContaining("max.message.bytes");
            }
            producer.post(new ProducerRecord<>("t", "small"));
        }
        assertThat(read(T0)).containsExactly("small");
    }

    @Test
    void shouldTakeARecordThatFitsOnlyWhenItIsCompressed() {
        assumeThat(compression()).isNotEqualTo(Compression.NONE);
        admin.createTopic(new NewTopic("t", 1, Map.of("max.message.bytes", "2000")));
        try (Producer<String, String> producer = producer()) {
            producer.post(new ProducerRecord<>("t", "x".repeat(20_000)));
        }
        assertThat(read(T0)).containsExactly("x".repeat(20_000));
    }

    /** Characters of three bytes each that no codec makes fewer than two of. */
    private static String noise(int characters) {
        StringBuilder text = new StringBuilder();
        new Random(11).ints(characters, 0x4e00, 0x9fff).forEach(character -> text.append((char) character));
        return text.toString();
    }

    @Test
    void shouldNeverBuildABatchThatTheTopicRefuses() {
        admin.createTopic(new NewTopic("t", 1, Map.of("max.message.bytes", "1024")));
        try (Producer<String, String> producer = producer(PATIENT)) {
            for (int i = 0; i < 1000; i++) {
                producer.post(new ProducerRecord<>("t", "value " + i));
            }
        }
        assertThat(endOf(T0)).isEqualTo(1000);
    }

    @Test
    void shouldNameTheSerializerThatFails() {
        Serializer<String> broken = (topic, data) -> {
            throw new IllegalStateException("broken");
        };
        try (Producer<String, String> producer =
                log.newProducer(ProducerConfig.DEFAULT, new StringSerializer(), broken)) {
            assertThatThrownBy(() -> producer.send(new ProducerRecord<>("t", "k", "v")))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("value")
                    .hasMessageContaining("topic 't'")
                    .hasMessageContaining("java.lang.String")
                    .hasRootCauseMessage("broken");
        }
    }

    @Test
    void shouldFailBufferedRecordsOfATopicThatWasDeleted() {
        createTopic("t", 1);
        try (Producer<String, String> producer = producer(PATIENT)) {
            CompletableFuture<RecordMetadata> sent = producer.send(new ProducerRecord<>("t", "v"));
            producer.post(new ProducerRecord<>("t", "v"));
            admin.deleteTopic("t");

            assertThatThrownBy(producer::flush).isInstanceOf(UnknownTopicOrPartitionException.class);
            assertThatThrownBy(() -> await(sent)).isInstanceOf(UnknownTopicOrPartitionException.class);
            assertThatCode(producer::flush).as("a failure is thrown once").doesNotThrowAnyException();
        }
    }

    @Test
    void shouldThrowTheFailureOfAPostByTheNextPost() {
        createTopic("t", 1);
        try (Producer<String, String> producer = producer(PATIENT)) {
            producer.post(new ProducerRecord<>("t", "v"));
            admin.deleteTopic("t");
            producer.post(new ProducerRecord<>("t", "v")); // finds the topic gone, and creates it again

            assertThatThrownBy(() -> producer.post(new ProducerRecord<>("t", "v")))
                    .isInstanceOf(UnknownTopicOrPartitionException.class);
        }
        assertThat(endOf(T0)).isEqualTo(1);
    }

    @Test
    void shouldWriteToATopicThatWasCreatedAgain() {
        createTopic("t", 1);
        try (Producer<String, String> producer = producer()) {
            producer.post(new ProducerRecord<>("t", "old"));
            producer.flush();
            admin.deleteTopic("t");
            createTopic("t", 2);
            producer.post(new ProducerRecord<>("t", 1, "k", "new"));
        }
        assertThat(read(new TopicPartition("t", 0))).isEmpty();
        assertThat(read(new TopicPartition("t", 1))).containsExactly("new");
    }

    @Test
    void shouldLetACallbackSendAndFlush() throws Exception {
        createTopic("t", 1);
        try (Producer<String, String> producer = producer(PATIENT)) {
            CompletableFuture<RecordMetadata> second = producer.send(new ProducerRecord<>("t", "a"))
                    .thenCompose(metadata -> {
                        CompletableFuture<RecordMetadata> next = producer.send(new ProducerRecord<>("t", "b"));
                        producer.flush();
                        return next;
                    });
            producer.flush();

            assertThat(await(second).offset()).isEqualTo(1);
        }
    }

    @Test
    void shouldFlushWhenItIsClosed() {
        createTopic("t", 1);
        Producer<String, String> producer = producer(PATIENT);
        CompletableFuture<RecordMetadata> sent = producer.send(new ProducerRecord<>("t", "v"));
        producer.close();
        producer.close();

        assertThat(sent).isCompletedWithValueMatching(metadata -> metadata.offset() == 0);
        assertThatThrownBy(() -> producer.send(new ProducerRecord<>("t", "v"))).isInstanceOf(LogClosedException.class);
        assertThatThrownBy(() -> producer.post(new ProducerRecord<>("t", "v"))).isInstanceOf(LogClosedException.class);
        assertThatThrownBy(producer::flush).isInstanceOf(LogClosedException.class);
    }

    @Test
    void shouldFailWhatCannotBeAppendedWithinTheTimeoutOfClose() {
        createTopic("t", 1);
        Producer<String, String> producer = producer(PATIENT);
        CompletableFuture<RecordMetadata> sent = producer.send(new ProducerRecord<>("t", "v"));
        producer.close(Duration.ZERO);

        assertThatThrownBy(() -> await(sent))
                .isInstanceOf(TimeoutException.class)
                .hasMessageContaining("t-0");
        assertThat(endOf(T0)).isZero();
    }

    @Test
    void shouldAppendWhatIsBufferedWhenTheLogIsClosedFirst() throws Exception {
        createTopic("t", 1);
        Producer<String, String> producer = producer(PATIENT);
        CompletableFuture<RecordMetadata> sent = producer.send(new ProducerRecord<>("t", "v"));
        reopen();

        assertThat(await(sent).offset()).isZero();
        assertThat(read(T0)).containsExactly("v");
        assertThatThrownBy(() -> producer.send(new ProducerRecord<>("t", "v"))).isInstanceOf(LogClosedException.class);
        producer.close();
    }

    @Test
    void shouldWriteUtf8KeysOfHeaders() {
        createTopic("t", 1);
        try (Producer<String, String> producer = producer();
                Consumer<String, String> consumer = consumer(EARLIEST)) {
            ProducerRecord<String, String> record = new ProducerRecord<>("t", "v");
            record.headers().add("größe", "wert".getBytes(StandardCharsets.UTF_8));
            producer.post(record);
            producer.flush();

            consumer.assign(List.of(T0));
            assertThat(take(consumer, 1).get(0).headers().lastHeader("größe")).isNotNull();
        }
    }

    private long endOf(TopicPartition partition) {
        return admin.endOffsets(List.of(partition)).getOrDefault(partition, -1L);
    }
}
