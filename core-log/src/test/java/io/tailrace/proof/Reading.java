package io.tailrace.proof;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.CorruptRecordException;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.serde.StringDeserializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Everything a consumer can read of a partition.
 *
 * @param unreadable offsets that fail with the place of the damage
 */
record Reading(List<ConsumerRecord<String, String>> records, List<Long> unreadable, long start, long end) {

    static Reading of(EmbeddedLog log, TopicPartition partition) {
        return from(
                log, partition, log.admin().beginningOffsets(List.of(partition)).getOrDefault(partition, -1L));
    }

    /** What a consumer reads that begins at an offset. */
    static Reading from(EmbeddedLog log, TopicPartition partition, long start) {
        return read(log, partition, start, ConsumerConfig.DEFAULT);
    }

    /** What a consumer reads that sees committed transactions only; none may be open. */
    static Reading committed(EmbeddedLog log, TopicPartition partition) {
        return read(
                log,
                partition,
                log.admin().beginningOffsets(List.of(partition)).getOrDefault(partition, -1L),
                ConsumerConfig.DEFAULT.withIsolationLevel(IsolationLevel.READ_COMMITTED));
    }

    private static Reading read(EmbeddedLog log, TopicPartition partition, long start, ConsumerConfig config) {
        long end = log.admin().endOffsets(List.of(partition)).getOrDefault(partition, -1L);
        List<ConsumerRecord<String, String>> records = new ArrayList<>();
        List<Long> unreadable = new ArrayList<>();
        try (Consumer<String, String> consumer =
                log.newConsumer(config, new StringDeserializer(), new StringDeserializer())) {
            consumer.assign(List.of(partition));
            consumer.seek(partition, start);
            long position = start;
            while (position < end) {
                try {
                    for (ConsumerRecord<String, String> record : consumer.poll(Duration.ZERO)) {
                        records.add(record);
                    }
                    long next = consumer.position(partition);
                    Violation.check(
                            next > position, "{}: nothing comes at {}, of {}..{}", partition, position, start, end);
                    position = next;
                } catch (CorruptRecordException e) {
                    long next = e.nextOffset().orElseThrow(() -> new Violation("no way on", e));
                    for (position = consumer.position(partition); position < next; position++) {
                        unreadable.add(position);
                    }
                    consumer.seek(partition, next);
                }
            }
        }
        return new Reading(records, unreadable, start, end);
    }
}
