package io.tailrace.log;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.config.ConfigException;
import io.tailrace.common.errors.GroupIdNotFoundException;
import io.tailrace.common.errors.GroupNotEmptyException;
import io.tailrace.common.errors.GroupSubscribedToTopicException;
import io.tailrace.common.errors.InvalidGroupIdException;
import io.tailrace.common.errors.InvalidPartitionsException;
import io.tailrace.common.errors.InvalidTopicException;
import io.tailrace.common.errors.LogClosedException;
import io.tailrace.common.errors.OffsetOutOfRangeException;
import io.tailrace.common.errors.PolicyViolationException;
import io.tailrace.common.errors.ProducerFencedException;
import io.tailrace.common.errors.TopicExistsException;
import io.tailrace.common.errors.TransactionalIdNotFoundException;
import io.tailrace.common.errors.UnknownTopicOrPartitionException;
import io.tailrace.log.api.Admin;
import io.tailrace.log.api.AlterConfigOp;
import io.tailrace.log.api.Assignor;
import io.tailrace.log.api.ConfigEntry;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.GroupDescription;
import io.tailrace.log.api.GroupProgress;
import io.tailrace.log.api.GroupState;
import io.tailrace.log.api.LogDirDescription;
import io.tailrace.log.api.MemberDescription;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.OffsetReset;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.api.ProducerDescription;
import io.tailrace.log.api.TransactionDescription;
import io.tailrace.serde.StringSerializer;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Topics and committed offsets by hand. */
abstract class AdminContract extends LogContract {
    private static final TopicPartition T0 = new TopicPartition("t", 0);

    AdminContract(LogHome home) {
        super(home);
    }

    @Test
    void shouldListTopicsSorted() {
        createTopic("b", 1);
        createTopic("a", 1);

        assertThat(admin.listTopics()).containsExactly("a", "b");
    }

    @Test
    void shouldDescribeATopicWithItsEffectiveConfigs() {
        admin.createTopic(new NewTopic("t", 3, Map.of("segment.bytes", "65536")));

        assertThat(admin.describeTopic("t").partitions()).isEqualTo(3);
        assertThat(admin.describeTopic("t").topicPartitions()).containsExactlyElementsOf(partitions("t", 3));
        assertThat(admin.describeTopic("t").configs())
                .containsEntry("segment.bytes", "65536")
                .containsEntry("index.interval.bytes", "4096");
        assertThat(admin.findTopic("t")).contains(admin.describeTopic("t"));
        assertThat(admin.findTopic("none")).isEmpty();
    }

    @Test
    void shouldTakeTheSegmentSizeOfTheOptionsAsDefault() {
        reopen(LogOptions.DEFAULT.withSegmentBytes(2048));
        createTopic("t", 1);

        assertThat(admin.describeTopic("t").configs()).containsEntry("segment.bytes", "2048");
    }

    @Test
    void shouldRefuseTopicsThatCannotBe() {
        createTopic("t", 1);

        assertThatThrownBy(() -> createTopic("t", 1)).isInstanceOf(TopicExistsException.class);
        assertThatThrownBy(() -> createTopic("no/name", 1)).isInstanceOf(InvalidTopicException.class);
        assertThatThrownBy(() -> createTopic("__consumer_offsets", 1)).isInstanceOf(InvalidTopicException.class);
        assertThatThrownBy(() -> admin.createTopic(new NewTopic("u", 1, Map.of("cleanup.rule", "compact"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("cleanup.rule")
                .hasMessageContaining("segment.bytes");
        assertThat(admin.listTopics()).containsExactly("t");
    }

    @Test
    void shouldDeleteATopicWithItsRecordsAndOffsets() {
        createTopic("t", 1);
        createTopic("u", 1);
        write(T0, 0, 10);
        write(new TopicPartition("u", 0), 0, 10);
        admin.alterCommittedOffsets(
                "g", Map.of(T0, new OffsetAndMetadata(5), new TopicPartition("u", 0), new OffsetAndMetadata(6)));
        admin.deleteTopic("t");

        assertThat(admin.listTopics()).containsExactly("__consumer_offsets", "u");
        assertThat(admin.committedOffsets("g")).containsOnlyKeys(new TopicPartition("u", 0));
        assertThatThrownBy(() -> admin.describeTopic("t")).isInstanceOf(UnknownTopicOrPartitionException.class);
        assertThatThrownBy(() -> admin.deleteTopic("t")).isInstanceOf(UnknownTopicOrPartitionException.class);
        assertThatThrownBy(() -> admin.endOffsets(List.of(T0))).isInstanceOf(UnknownTopicOrPartitionException.class);
    }

    @Test
    void shouldNotShowOldRecordsInATopicThatWasCreatedAgain() {
        createTopic("t", 2);
        write(T0, 0, 10);
        admin.deleteTopic("t");
        createTopic("t", 1);

        assertThat(admin.endOffsets(List.of(T0))).containsEntry(T0, 0L);
        write(T0, 100, 2);
        assertThat(read(T0)).containsExactly("100", "101");
    }

    @Test
    void shouldRefuseToDeleteTheOffsetsTopic() {
        createTopic("t", 1);
        admin.alterCommittedOffsets("g", Map.of(T0, new OffsetAndMetadata(0)));

        assertThatThrownBy(() -> admin.deleteTopic("__consumer_offsets"))
                .isInstanceOf(InvalidTopicException.class)
                .hasMessageContaining("delete groups");
    }

    @Test
    void shouldAlterListAndDeleteGroups() {
        createTopic("t", 1);
        admin.alterCommittedOffsets("g2", Map.of(T0, new OffsetAndMetadata(3, "reset")));
        admin.alterCommittedOffsets("g1", Map.of(T0, new OffsetAndMetadata(4)));

        assertThat(admin.listGroups()).containsExactly("g1", "g2");
        assertThat(admin.committedOffsets("g2")).containsOnly(Map.entry(T0, new OffsetAndMetadata(3, "reset")));
        admin.deleteGroup("g2");
        admin.deleteGroup("g2");
        assertThat(admin.listGroups()).containsExactly("g1");
        assertThat(admin.committedOffsets("g2")).isEmpty();
        assertThatThrownBy(() -> admin.alterCommittedOffsets(" ", Map.of(T0, new OffsetAndMetadata(3))))
                .isInstanceOf(InvalidGroupIdException.class);
    }

    @Test
    void shouldProtectGroupsThatHaveMembers() {
        createTopic("t", 1);
        try (Consumer<String, String> consumer = member("g")) {
            consumer.subscribe(Set.of("t"));
            consumer.poll(Duration.ZERO);

            assertThat(admin.listGroups()).containsExactly("g");
            assertThatThrownBy(() -> admin.alterCommittedOffsets("g", Map.of(T0, new OffsetAndMetadata(3))))
                    .isInstanceOf(GroupNotEmptyException.class);
            assertThatThrownBy(() -> admin.deleteGroup("g")).isInstanceOf(GroupNotEmptyException.class);
        }
        assertThat(admin.listGroups()).isEmpty();
    }

    @Test
    void shouldGiveATopicMorePartitions() {
        createTopic("t", 1);
        write(T0, 0, 10);
        TopicPartition t2 = new TopicPartition("t", 2);
        try (Producer<String, String> producer = producer();
                Consumer<String, String> consumer = member("g")) {
            consumer.subscribe(Set.of("t"));
            take(consumer, 10);
            producer.send(new ProducerRecord<>("t", "k", "v")).join();
            take(consumer, 1);
            admin.createPartitions("t", 3);

            assertThat(admin.describeTopic("t").partitions()).isEqualTo(3);
            for (int i = 0; i < 30; i++) {
                producer.post(new ProducerRecord<>("t", "k" + i, "v"));
            }
            producer.send(new ProducerRecord<>("t", 2, "k", "last")).join();
            producer.flush();
            assertThat(take(consumer, 31))
                    .extracting(record -> record.partition())
                    .contains(0, 1, 2);
            assertThat(consumer.assignment()).containsExactlyElementsOf(partitions("t", 3));
        }
        reopen();
        assertThat(admin.describeTopic("t").partitions()).isEqualTo(3);
        assertThat(read(t2)).contains("last");
    }

    @Test
    void shouldRefusePartitionCountsThatCannotBe() {
        createTopic("t", 2);
        admin.alterCommittedOffsets("g", Map.of(T0, new OffsetAndMetadata(0)));

        assertThatThrownBy(() -> admin.createPartitions("t", 2))
                .isInstanceOf(InvalidPartitionsException.class)
                .hasMessageContaining("has 2 partitions");
        assertThatThrownBy(() -> admin.createPartitions("t", 1)).isInstanceOf(InvalidPartitionsException.class);
        assertThatThrownBy(() -> admin.createPartitions("none", 1))
                .isInstanceOf(UnknownTopicOrPartitionException.class);
        assertThatThrownBy(() -> admin.createPartitions("__consumer_offsets", 99))
                .isInstanceOf(InvalidTopicException.class);
        assertThat(admin.describeTopic("t").partitions()).isEqualTo(2);
    }

    @Test
    void shouldTellWhereConfigsComeFrom() {
        reopen(LogOptions.DEFAULT.withSegmentBytes(4096));
        admin.createTopic(new NewTopic("t", 1, Map.of("max.message.bytes", "2000")));

        assertThat(admin.describeConfigs("t"))
                .isSortedAccordingTo(Comparator.comparing(ConfigEntry::name))
                .allSatisfy(entry -> assertThat(entry.documentation()).isNotEmpty())
                .extracting(ConfigEntry::name, ConfigEntry::value, ConfigEntry::source)
                .contains(
                        tuple("max.message.bytes", "2000", ConfigEntry.Source.TOPIC),
                        tuple("segment.bytes", "4096", ConfigEntry.Source.LOG),
                        tuple("index.interval.bytes", "4096", ConfigEntry.Source.DEFAULT));
    }

    @Test
    void shouldAlterConfigsOfATopicThatIsInUse() {
        createTopic("t", 1);
        write(T0, 0, 1);
        admin.alterConfigs("t", List.of(AlterConfigOp.set("max.message.bytes", "1024")));
        String large = "x".repeat(2000);
        try (Producer<String, String> producer = producer()) {
            assertThatThrownBy(() ->
                            producer.send(new ProducerRecord<>("t", "k", large)).join())
                    .hasStackTraceContaining("max.message.bytes");
        }
        reopen();
        assertThat(admin.describeTopic("t").configs()).containsEntry("max.message.bytes", "1024");
        admin.alterConfigs("t", List.of(AlterConfigOp.delete("max.message.bytes")));
        try (Producer<String, String> producer = producer()) {
            producer.send(new ProducerRecord<>("t", "k", large)).join();
        }
        assertThat(admin.describeTopic("t").configs()).containsEntry("max.message.bytes", "1048588");
    }

    @Test
    void shouldAlterAllConfigsOrNone() {
        createTopic("t", 1);

        assertThatThrownBy(() -> admin.alterConfigs(
                        "t", List.of(AlterConfigOp.set("segment.bytes", "2048"), AlterConfigOp.set("none", "1"))))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("none");
        assertThatThrownBy(() -> admin.alterConfigs("t", List.of(AlterConfigOp.delete("none"))))
                .isInstanceOf(ConfigException.class);
        assertThatThrownBy(() -> admin.alterConfigs("t", List.of(AlterConfigOp.set("segment.bytes", "few"))))
                .isInstanceOf(ConfigException.class);
        assertThat(admin.describeConfigs("t")).noneMatch(entry -> entry.source() == ConfigEntry.Source.TOPIC);
    }

    @Test
    void shouldTellTheSizeOfEveryPartition() {
        createTopic("t", 2);
        write(T0, 0, 1000);

        LogDirDescription open = admin.describeLogDirs();
        assertThat(open.sizes().get(T0)).isGreaterThan(1000);
        assertThat(open.sizes()).containsEntry(new TopicPartition("t", 1), 0L);
        assertThat(open.totalBytes()).isEqualTo(open.sizes().get(T0));
        assertThat(open.directory()).isEqualTo(log.directory());
        reopen();
        assertThat(admin.describeLogDirs()).as("before any partition is opened").isEqualTo(open);
    }

    @Test
    void shouldDescribeAGroup() {
        createTopic("t", 2);
        write(T0, 0, 10);
        admin.alterCommittedOffsets("g", Map.of(T0, new OffsetAndMetadata(4)));

        GroupDescription empty = admin.describeGroup("g");
        assertThat(empty.state()).isEqualTo(GroupState.EMPTY);
        assertThat(empty.assignor()).isEmpty();
        assertThat(progress(empty).lag()).hasValue(6);
        try (Consumer<String, String> consumer =
                consumer(EARLIEST.withGroupId("g").withAssignors(Assignor.STICKY))) {
            consumer.subscribe(Set.of("t"));
            consumer.poll(Duration.ZERO);

            GroupDescription stable = admin.describeGroup("g");
            assertThat(stable.state()).isEqualTo(GroupState.STABLE);
            assertThat(stable.assignor()).contains(Assignor.STICKY);
            assertThat(stable.members()).hasSize(1);
            MemberDescription member = stable.members().get(0);
            assertThat(member.memberId()).isEqualTo(consumer.groupMetadata().memberId());
            assertThat(member.assignment()).containsExactlyElementsOf(partitions("t", 2));
            assertThat(progress(stable).memberId()).contains(member.memberId());
        }
        assertThatThrownBy(() -> admin.describeGroup("none"))
                .isInstanceOf(GroupIdNotFoundException.class)
                .hasMessageContaining("[g]");
    }

    @Test
    void shouldResetTheOffsetsOfAGroup() {
        ManualTime time = new ManualTime();
        reopen(LogOptions.DEFAULT.withTime(time));
        createTopic("t", 1);
        write(T0, 0, 10);
        long thenMs = time.milliseconds();
        time.advance(Duration.ofHours(1));
        write(T0, 10, 10);

        assertThat(reset(OffsetReset.toOffset(7))).isEqualTo(7);
        assertThat(reset(OffsetReset.shiftBy(5))).isEqualTo(12);
        assertThat(reset(OffsetReset.shiftBy(-100))).isZero();
        assertThat(reset(OffsetReset.toLatest())).isEqualTo(20);
        assertThat(reset(OffsetReset.toEarliest())).isZero();
        assertThat(reset(OffsetReset.toOffset(99))).isEqualTo(20);
        assertThat(reset(OffsetReset.toDatetime(Instant.ofEpochMilli(thenMs + 1))))
                .isEqualTo(10);
        assertThat(reset(OffsetReset.byDuration(Duration.ofHours(2)))).isZero();
        assertThat(reset(OffsetReset.byDuration(Duration.ofMinutes(1)))).isEqualTo(10);
        time.advance(Duration.ofHours(1));
        assertThat(reset(OffsetReset.byDuration(Duration.ofMinutes(1)))).isEqualTo(20);
        assertThat(admin.planOffsetReset("g", List.of(T0), OffsetReset.toEarliest()))
                .containsEntry(T0, new OffsetAndMetadata(0));
        assertThat(admin.committedOffsets("g")).containsEntry(T0, new OffsetAndMetadata(20));
        assertThatThrownBy(() -> admin.resetOffsets("new", List.of(T0), OffsetReset.shiftBy(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("t-0");
    }

    private static GroupProgress progress(GroupDescription group) {
        return requireNonNull(group.progress().get(T0));
    }

    private ProducerDescription onlyProducer() {
        return requireNonNull(admin.describeProducers(List.of(T0)).get(T0)).get(0);
    }

    private long reset(OffsetReset reset) {
        Map<TopicPartition, OffsetAndMetadata> offsets = admin.resetOffsets("g", List.of(T0), reset);
        assertThat(admin.committedOffsets("g")).isEqualTo(offsets);
        return requireNonNull(offsets.get(T0)).offset();
    }

    @Test
    void shouldDeleteCommittedOffsetsOfTopicsThatNobodySubscribesTo() {
        createTopic("t", 2);
        createTopic("u", 1);
        TopicPartition t1 = new TopicPartition("t", 1);
        admin.alterCommittedOffsets("g", Map.of(T0, new OffsetAndMetadata(0), t1, new OffsetAndMetadata(0)));
        try (Consumer<String, String> consumer = member("g")) {
            consumer.subscribe(Set.of("u"));
            consumer.poll(Duration.ZERO);
            admin.deleteCommittedOffsets("g", Set.of(T0));
            assertThat(admin.committedOffsets("g")).containsOnlyKeys(t1);
            consumer.subscribe(Set.of("t"));
            consumer.poll(Duration.ZERO);
            assertThatThrownBy(() -> admin.deleteCommittedOffsets("g", Set.of(t1)))
                    .isInstanceOf(GroupSubscribedToTopicException.class);
        }
        admin.deleteCommittedOffsets("g", Set.of(T0, t1));
        assertThat(admin.listGroups()).isEmpty();
        admin.deleteCommittedOffsets("g", Set.of(T0));
    }

    @Test
    void shouldDeleteRecordsBeforeAnOffset() {
        createTopic("t", 2);
        TopicPartition t1 = new TopicPartition("t", 1);
        write(T0, 0, 10);
        write(t1, 0, 10);
        try (Consumer<String, String> consumer = consumer(EARLIEST)) {
            consumer.assign(List.of(T0));
            assertThat(admin.deleteRecords(Map.of(T0, 4L, t1, Admin.HIGH_WATERMARK)))
                    .containsOnly(Map.entry(T0, 4L), Map.entry(t1, 10L));

            assertThat(values(take(consumer, 6))).first().isEqualTo("4");
            assertThat(admin.beginningOffsets(List.of(T0, t1)))
                    .containsEntry(T0, 4L)
                    .containsEntry(t1, 10L);
            assertThat(admin.deleteRecords(Map.of(T0, 2L))).as("gone already").containsEntry(T0, 4L);
        }
        reopen();
        assertThat(read(T0)).containsExactly("4", "5", "6", "7", "8", "9");
        assertThat(read(t1)).isEmpty();
        write(t1, 10, 1);
        assertThat(admin.endOffsets(List.of(t1))).containsEntry(t1, 11L);
    }

    @Test
    void shouldRefuseToDeleteRecordsThatItCannot() {
        createTopic("t", 1);
        write(T0, 0, 10);
        admin.createTopic(new NewTopic("compacted", 1, Map.of("cleanup.policy", "compact")));
        TopicPartition compacted = new TopicPartition("compacted", 0);

        assertThatThrownBy(() -> admin.deleteRecords(Map.of(T0, 11L))).isInstanceOf(OffsetOutOfRangeException.class);
        assertThatThrownBy(() -> admin.deleteRecords(Map.of(T0, 5L, compacted, 0L)))
                .isInstanceOf(PolicyViolationException.class)
                .hasMessageContainingAll("compacted-0", "cleanup.policy");
        assertThatThrownBy(() -> admin.deleteRecords(Map.of(T0, 5L, new TopicPartition("t", 1), 0L)))
                .isInstanceOf(UnknownTopicOrPartitionException.class);
        assertThat(read(T0)).hasSize(10);
    }

    @Test
    void shouldDescribeTheProducersOfAPartition() {
        createTopic("t", 2);
        write(T0, 0, 10);
        write(T0, 10, 1);

        Map<TopicPartition, List<ProducerDescription>> producers = admin.describeProducers(partitions("t", 2));
        assertThat(producers.get(new TopicPartition("t", 1))).isEmpty();
        assertThat(producers.get(T0)).hasSize(2).allSatisfy(producer -> {
            assertThat(producer.coordinatorEpoch()).isEmpty();
            assertThat(producer.currentTransactionStartOffset()).isEmpty();
        });
        assertThat(producers.get(T0))
                .extracting(producer -> producer.lastSequence().orElse(-1))
                .containsExactlyInAnyOrder(9, 0);
    }

    @Test
    void shouldDescribeAndAbortATransaction() {
        createTopic("t", 1);
        try (Producer<String, String> producer = producer(
                ProducerConfig.DEFAULT.withTransactionalId("tx").withTransactionTimeout(Duration.ofMinutes(5)))) {
            assertThat(admin.listTransactions()).isEmpty();
            producer.initTransactions();
            assertThat(admin.describeTransaction("tx").state()).isEqualTo(TransactionDescription.State.EMPTY);
            producer.beginTransaction();
            producer.post(new ProducerRecord<>("t", "k", "v"));
            producer.flush();

            TransactionDescription open = admin.describeTransaction("tx");
            assertThat(admin.listTransactions()).containsExactly(open);
            assertThat(open.state()).isEqualTo(TransactionDescription.State.ONGOING);
            assertThat(open.timeout()).isEqualTo(Duration.ofMinutes(5));
            assertThat(open.startMs()).isPresent();
            assertThat(open.topicPartitions()).containsExactly(T0);
            ProducerDescription writer = onlyProducer();
            assertThat(writer.producerId()).isEqualTo(open.producerId());
            assertThat(writer.currentTransactionStartOffset()).hasValue(0);

            admin.abortTransaction("tx");
            assertThat(admin.describeTransaction("tx").state()).isEqualTo(TransactionDescription.State.COMPLETE_ABORT);
            assertThat(onlyProducer().currentTransactionStartOffset()).isEmpty();
            assertThatThrownBy(producer::commitTransaction)
                    .isInstanceOf(ProducerFencedException.class)
                    .hasStackTraceContaining("aborted by the admin");
            admin.abortTransaction("tx");
        }
        assertThatThrownBy(() -> admin.abortTransaction("none"))
                .isInstanceOf(TransactionalIdNotFoundException.class)
                .hasMessageContaining("[tx]");
        assertThatThrownBy(() -> admin.describeTransaction("none"))
                .isInstanceOf(TransactionalIdNotFoundException.class);
    }

    @Test
    void shouldKeepTopicsRecordsAndOffsetsAcrossAReopen() {
        admin.createTopic(new NewTopic("t", 2, Map.of("segment.bytes", "4096")));
        write(T0, 0, 1000);
        admin.alterCommittedOffsets("g", Map.of(T0, new OffsetAndMetadata(5, "x")));
        admin.alterCommittedOffsets("g", Map.of(T0, new OffsetAndMetadata(600, "y")));
        admin.alterCommittedOffsets("gone", Map.of(T0, new OffsetAndMetadata(1)));
        admin.deleteGroup("gone");
        reopen();

        assertThat(admin.listTopics()).containsExactly("__consumer_offsets", "t");
        assertThat(admin.describeTopic("t").partitions()).isEqualTo(2);
        assertThat(admin.describeTopic("t").configs()).containsEntry("segment.bytes", "4096");
        assertThat(read(T0)).hasSize(1000).startsWith("0").endsWith("999");
        assertThat(admin.listGroups()).containsExactly("g");
        assertThat(admin.committedOffsets("g")).containsOnly(Map.entry(T0, new OffsetAndMetadata(600, "y")));
        write(T0, 1000, 1);
        assertThat(admin.endOffsets(List.of(T0))).containsEntry(T0, 1001L);
    }

    @Test
    void shouldForgetDeletedTopicsAcrossAReopen() {
        createTopic("t", 1);
        write(T0, 0, 10);
        admin.alterCommittedOffsets("g", Map.of(T0, new OffsetAndMetadata(5)));
        admin.deleteTopic("t");
        reopen();
        createTopic("t", 1);

        assertThat(admin.committedOffsets("g")).isEmpty();
        assertThat(read(T0)).isEmpty();
    }

    @Test
    void shouldRefuseEverythingAfterClose() {
        createTopic("t", 1);
        log.close();
        log.close();

        assertThatThrownBy(() -> admin.listTopics())
                .isInstanceOf(LogClosedException.class)
                .hasMessageContaining("log ");
        assertThatThrownBy(() -> createTopic("u", 1)).isInstanceOf(LogClosedException.class);
        assertThatThrownBy(() -> admin.deleteTopic("t")).isInstanceOf(LogClosedException.class);
        assertThatThrownBy(() -> admin.findTopic("t")).isInstanceOf(LogClosedException.class);
        assertThatThrownBy(() -> admin.endOffsets(List.of(T0))).isInstanceOf(LogClosedException.class);
        assertThatThrownBy(() -> admin.listGroups()).isInstanceOf(LogClosedException.class);
        assertThatThrownBy(() -> admin.committedOffsets("g")).isInstanceOf(LogClosedException.class);
        assertThatThrownBy(() -> log.admin()).isInstanceOf(LogClosedException.class);
        assertThatThrownBy(
                        () -> log.newProducer(ProducerConfig.DEFAULT, new StringSerializer(), new StringSerializer()))
                .isInstanceOf(LogClosedException.class);
    }
}
