package io.tailrace.systemtests.kill;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.ConsumerRecords;
import io.tailrace.log.api.IsolationLevel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/** Reads everything that is new, and reports some of it: what a consumer got must be there after the kill. */
final class Watcher extends Worker {
    private static final int MOST_TO_REREAD = 2_000;

    private final Victim victim;
    private final IsolationLevel isolation;
    private final SplittableRandom random;
    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> next = new HashMap<>();

    Watcher(Victim victim, IsolationLevel isolation, SplittableRandom random) {
        super(victim, "watcher-" + isolation);
        this.victim = victim;
        this.isolation = isolation;
        this.random = random;
        this.consumer = victim.newConsumer(ConsumerConfig.DEFAULT.withIsolationLevel(isolation));
    }

    @Override
    void run() {
        List<TopicPartition> partitions = new ArrayList<>(Victim.partitions(Mark.TOPIC, Mark.PARTITIONS));
        partitions.addAll(Victim.partitions(Move.TOPIC, Move.PARTITIONS));
        Map<TopicPartition, Long> ends = victim.log.admin().endOffsets(partitions);
        try (consumer) {
            consumer.assign(partitions);
            for (TopicPartition partition : partitions) {
                long end = Victim.end(ends, partition);
                consumer.seek(partition, random.nextLong(Math.max(0, end - MOST_TO_REREAD), end + 1));
            }
            while (true) {
                ConsumerRecords<byte[], byte[]> records = poll(consumer);
                if (records.isEmpty()) {
                    return;
                }
                records.partitions().forEach(partition -> see(partition, records.records(partition)));
            }
        }
    }

    private void see(TopicPartition partition, List<ConsumerRecord<byte[], byte[]>> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            long expected = next.getOrDefault(partition, 0L);
            if (record.offset() < expected) {
                throw new IllegalStateException(isolation + " got " + partition + "@" + record.offset() + ", expected @"
                        + expected + " or later");
            }
            next.put(partition, record.offset() + 1);
        }
        ConsumerRecord<byte[], byte[]> some = records.get(random.nextInt(records.size()));
        if (partition.topic().equals(Mark.TOPIC)) {
            Mark mark = Mark.of(some);
            victim.report.write(Report.Kind.SAW_MARK, some.partition(), some.offset(), mark.producer(), mark.number());
        } else {
            Move move = Move.of(some);
            victim.report.write(
                    Report.Kind.SAW_MOVE,
                    isolation == IsolationLevel.READ_COMMITTED ? 1 : 0,
                    some.partition(),
                    some.offset(),
                    move.mover(),
                    move.transaction(),
                    move.index());
        }
    }

    @Override
    void stop() {
        consumer.wakeup();
    }
}
