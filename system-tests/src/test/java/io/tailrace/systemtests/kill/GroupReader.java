package io.tailrace.systemtests.kill;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.ConsumerRebalanceListener;
import io.tailrace.log.api.ConsumerRecords;
import io.tailrace.log.api.OffsetAndMetadata;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * A consumer of a group, which commits every other time. Checks that each partition begins at the committed offset and goes on
 * without a gap.
 */
final class GroupReader extends Worker {
    static final String GROUP = "readers";
    static final int READERS = 2;

    private final Victim victim;
    private final GroupProgress progress;
    private final SplittableRandom random;
    private final Consumer<byte[], byte[]> consumer;
    private final Map<TopicPartition, Long> next = new HashMap<>(); // of the partitions held, behind what was delivered

    GroupReader(Victim victim, GroupProgress progress, SplittableRandom random) {
        super(victim, "reader");
        this.victim = victim;
        this.progress = progress;
        this.random = random;
        this.consumer = victim.newConsumer(ConsumerConfig.DEFAULT.withGroupId(GROUP));
    }

    @Override
    void run() {
        try (consumer) {
            consumer.subscribe(List.of(Mark.TOPIC), new ConsumerRebalanceListener() {
                @Override
                public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                    next.keySet().removeAll(partitions);
                }

                @Override
                public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                    partitions.forEach(partition -> next.put(partition, progress.committed(partition.partition())));
                }
            });
            while (true) {
                ConsumerRecords<byte[], byte[]> records = poll(consumer);
                if (records.isEmpty()) {
                    return;
                }
                read(records);
            }
        }
    }

    private void read(ConsumerRecords<byte[], byte[]> records) {
        for (ConsumerRecord<byte[], byte[]> record : records) {
            TopicPartition partition = new TopicPartition(record.topic(), record.partition());
            Long expected = next.put(partition, record.offset() + 1);
            if (expected == null || record.offset() != expected) {
                throw new IllegalStateException(
                        "group " + GROUP + " got " + partition + "@" + record.offset() + ", expected @" + expected);
            }
            Mark.of(record);
        }
        for (TopicPartition partition : records.partitions()) {
            victim.report.write(Report.Kind.DELIVERED, partition.partition(), delivered(partition));
        }
        if (random.nextBoolean()) {
            Map<TopicPartition, OffsetAndMetadata> offsets = new HashMap<>();
            next.keySet().forEach(partition -> offsets.put(partition, new OffsetAndMetadata(delivered(partition))));
            consumer.commitSync(offsets);
            for (TopicPartition partition : offsets.keySet()) {
                progress.committed(partition.partition(), delivered(partition));
                victim.report.write(Report.Kind.STORED, partition.partition(), delivered(partition));
            }
        }
    }

    private long delivered(TopicPartition partition) {
        Long end = next.get(partition);
        if (end == null) {
            throw new IllegalStateException(partition + " is not held");
        }
        return end;
    }

    @Override
    void stop() {
        consumer.wakeup();
    }
}
