package io.tailrace.systemtests.kill;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.ConsumerGroupMetadata;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.serde.Serdes;
import io.tailrace.systemtests.kill.Report.Kind;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The judge of the proof is judged: each kind of broken promise is noticed, and a kept one is not accused. */
class LogCheckTest {
    private static final long TRANSACTION = 7;

    private final Violations violations = new Violations();
    private final History history = new History(violations);
    private EventLog log;
    private Producer<byte[], byte[]> writer;
    private Producer<byte[], byte[]> mover;

    @BeforeEach
    void open() {
        log = EmbeddedLog.inMemory();
        log.admin().createTopic(new NewTopic(Mark.TOPIC, Mark.PARTITIONS));
        log.admin().createTopic(new NewTopic(Move.TOPIC, Move.PARTITIONS));
        writer = newProducer(ProducerConfig.DEFAULT);
        mover = newProducer(ProducerConfig.DEFAULT.withTransactionalId("mover-0"));
        mover.initTransactions();
    }

    @AfterEach
    void close() {
        writer.close();
        mover.close();
        log.close();
    }

    @Test
    void shouldAcceptWhatWasPromised() {
        write(0, 100);
        report(Kind.BEGINS, 0, 0);
        report(Kind.ACKNOWLEDGED, 0, 99);
        move(/* size */ 4, /* answered */ 4, /* offset */ 4);
        report(Kind.COMMITTED, 0, TRANSACTION, 4);

        assertThat(check()).isEmpty();
    }

    @Test
    void shouldAcceptARestartBehindTheLastNumberFound() {
        write(0, 50);
        write(60, 100);
        report(Kind.BEGINS, 0, 0);
        report(Kind.ACKNOWLEDGED, 0, 49);
        report(Kind.BEGINS, 0, 60);
        report(Kind.ACKNOWLEDGED, 0, 99);

        assertThat(check()).isEmpty();
    }

    @Test
    void shouldNoticeALostRecord() {
        write(0, 100);
        report(Kind.BEGINS, 0, 0);
        report(Kind.ACKNOWLEDGED, 0, 100);

        assertThat(check()).startsWith("LOST");
        assertThat(violations.count(Violations.Kind.LOST)).isOne();
    }

    @Test
    void shouldNoticeThatAProducerFindsLessThanWasAcknowledged() {
        report(Kind.BEGINS, 0, 0);
        report(Kind.ACKNOWLEDGED, 0, 99);
        report(Kind.BEGINS, 0, 99);

        assertThat(violations.told()).singleElement().asString().startsWith("LOST");
    }

    @Test
    void shouldNoticeADuplicate() {
        report(Kind.BEGINS, 0, 0);
        write(0, 10);
        write(9, 10);

        assertThat(check()).startsWith("DUPLICATED");
    }

    @Test
    void shouldNoticeAGap() {
        report(Kind.BEGINS, 0, 0);
        write(0, 50);
        write(60, 100);

        assertThat(check()).startsWith("WRONG").contains("comes behind");
    }

    @Test
    void shouldNoticeThatASeenRecordIsAnother() {
        report(Kind.BEGINS, 0, 0);
        write(0, 100);
        report(Kind.SAW_MARK, 0, 0, 1, 5);

        assertThat(check()).startsWith("LOST").contains("where now is");
    }

    @Test
    void shouldNoticeThatASeenRecordIsGone() {
        report(Kind.SAW_MOVE, 1, 0, 3, 0, TRANSACTION, 3);

        assertThat(check()).startsWith("LOST");
    }

    @Test
    void shouldNoticeATornTransaction() {
        move(/* size */ 5, /* answered */ 4, /* offset */ 4);

        assertThat(check()).startsWith("TORN");
    }

    @Test
    void shouldNoticeRecordsOfAnAbortedTransaction() {
        move(/* size */ 4, /* answered */ 4, /* offset */ 4);
        report(Kind.ABORTED, 0, TRANSACTION);

        assertThat(check()).startsWith("TORN").contains("aborted");
    }

    @Test
    void shouldNoticeALostTransaction() {
        report(Kind.COMMITTED, 0, TRANSACTION, 4);

        assertThat(check()).startsWith("LOST");
    }

    @Test
    void shouldNoticeOffsetsThatDisagreeWithTheAnswers() {
        move(/* size */ 4, /* answered */ 4, /* offset */ 5);

        assertThat(check()).startsWith("TORN").contains("offset");
    }

    @Test
    void shouldNoticeOffsetsThatWentBack() {
        report(Kind.DELIVERED, 0, 10);
        report(Kind.STORED, 0, 10);
        report(Kind.RESUMES, 0, 9);

        assertThat(violations.told()).singleElement().asString().startsWith("LOST");
    }

    @Test
    void shouldNoticeOffsetsBeyondWhatWasDelivered() {
        report(Kind.DELIVERED, 0, 10);
        report(Kind.RESUMES, 0, 11);

        assertThat(violations.told()).singleElement().asString().startsWith("WRONG");
    }

    private void report(Kind kind, long... numbers) {
        history.add(Report.of(kind, numbers));
    }

    private void write(int first, int end) {
        for (int number = first; number < end; number++) {
            writer.post(new Mark(0, number).toRecord());
        }
        writer.flush();
    }

    /** Commits answers to the first records of partition 0, and an offset of it. */
    private void move(int size, int answered, long offset) {
        mover.beginTransaction();
        for (int index = 0; index < answered; index++) {
            mover.post(new Move(0, TRANSACTION, index, size, 0, index).toRecord());
        }
        mover.sendOffsetsToTransaction(
                Map.of(new TopicPartition(Mark.TOPIC, 0), new OffsetAndMetadata(offset)),
                new ConsumerGroupMetadata(Move.GROUP));
        mover.commitTransaction();
    }

    /** What is wrong first, empty when nothing is. */
    private String check() {
        LogCheck.check(log, history, violations);
        return violations.told().stream().findFirst().orElse("");
    }

    private Producer<byte[], byte[]> newProducer(ProducerConfig config) {
        return log.newProducer(
                config, Serdes.ByteArray().serializer(), Serdes.ByteArray().serializer());
    }
}
