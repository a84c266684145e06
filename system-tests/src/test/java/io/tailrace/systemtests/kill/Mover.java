package io.tailrace.systemtests.kill;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.ConsumerRecords;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Answers each number with a {@link Move}, exactly once: a transaction has the answers and the offsets. One in eight is aborted, and
 * tried again with another number.
 */
final class Mover extends Worker {
    private static final int MOST_AT_ONCE = 200;
    private static final int ONE_IN_ABORTED = 8;
    private static final int ONE_IN_FLUSHED = 64;

    private final Victim victim;
    private final int id;
    private final SplittableRandom random;
    private final Producer<byte[], byte[]> producer;
    private final Consumer<byte[], byte[]> consumer;
    private long transaction;

    Mover(Victim victim, int id, SplittableRandom random) {
        super(victim, "mover-" + id);
        this.victim = victim;
        this.id = id;
        this.random = random;
        this.transaction = victim.settings.firstTransaction();
        this.producer = victim.newProducer(ProducerConfig.DEFAULT
                .withTransactionalId("mover-" + id)
                .withTransactionTimeout(Duration.ofMinutes(15)));
        this.consumer = victim.newConsumer(ConsumerConfig.DEFAULT
                .withGroupId(Move.GROUP)
                .withIsolationLevel(IsolationLevel.READ_COMMITTED)
                .withMaxPollRecords(random.nextInt(1, MOST_AT_ONCE + 1)));
    }

    @Override
    void run() {
        try (producer;
                consumer) {
            producer.initTransactions();
            consumer.subscribe(List.of(Mark.TOPIC));
            while (true) {
                ConsumerRecords<byte[], byte[]> records = poll(consumer);
                if (records.isEmpty()) {
                    return;
                }
                move(records);
            }
        }
    }

    private void move(ConsumerRecords<byte[], byte[]> records) {
        producer.beginTransaction();
        transaction++;
        boolean offsetsFirst = random.nextBoolean();
        if (offsetsFirst) {
            sendOffsets(records);
        }
        int index = 0;
        for (ConsumerRecord<byte[], byte[]> record : records) {
            producer.post(new Move(id, transaction, index++, records.count(), record.partition(), record.offset())
                    .toRecord());
            if (random.nextInt(ONE_IN_FLUSHED) == 0) {
                producer.flush(); // a kill is to find transactions of which a part is in the log
            }
        }
        if (!offsetsFirst) {
            sendOffsets(records);
        }
        if (random.nextInt(ONE_IN_ABORTED) == 0) {
            producer.abortTransaction();
            victim.report.write(Report.Kind.ABORTED, id, transaction);
            records.partitions()
                    .forEach(partition -> consumer.seek(
                            partition, records.records(partition).get(0).offset()));
        } else {
            producer.commitTransaction();
            victim.report.write(Report.Kind.COMMITTED, id, transaction, records.count());
            victim.backlog.release(records.count());
        }
    }

    private void sendOffsets(ConsumerRecords<byte[], byte[]> records) {
        Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<byte[], byte[]>> some = records.records(partition);
            offsets.put(
                    partition, new OffsetAndMetadata(some.get(some.size() - 1).offset() + 1));
        }
        producer.sendOffsetsToTransaction(offsets, consumer.groupMetadata());
    }

    @Override
    void stop() {
        consumer.wakeup();
    }
}
