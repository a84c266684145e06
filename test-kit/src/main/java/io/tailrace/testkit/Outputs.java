package io.tailrace.testkit;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.ConsumerRecords;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.OffsetResetPolicy;
import io.tailrace.serde.ByteArrayDeserializer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the topology wrote, by topic, in order. Read back from the log after every step of the driver, which keeps the order of
 * records of different partitions right, too, as far as steps go. One thread.
 */
final class Outputs implements AutoCloseable {
    private static final String INTERNAL_TO_THE_LOG = "__";

    private final EventLog log;
    private final Consumer<byte[], byte[]> consumer;
    private final Map<String, Deque<ConsumerRecord<byte[], byte[]>>> queues = new TreeMap<>();
    private final Set<String> known = new TreeSet<>();

    /** What the test itself piped into topics that were not read back yet. */
    private final Map<TopicPartition, Set<Long>> piped = new TreeMap<>();

    Outputs(EventLog log) {
        this.log = log;
        this.consumer = log.newConsumer(
                ConsumerConfig.DEFAULT
                        .withAutoOffsetReset(OffsetResetPolicy.EARLIEST)
                        .withIsolationLevel(IsolationLevel.READ_COMMITTED),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    void piped(TopicPartition partition, long offset) {
        piped.computeIfAbsent(partition, p -> new HashSet<>()).add(offset);
    }

    /** Takes over everything that was appended since the last time. */
    void collect() {
        assignNewTopics();
        if (known.isEmpty()) {
            return;
        }
        for (ConsumerRecords<byte[], byte[]> records = consumer.poll(Duration.ZERO);
                !records.isEmpty();
                records = consumer.poll(Duration.ZERO)) {
            for (TopicPartition partition : new TreeSet<>(records.partitions())) {
                records.records(partition).forEach(record -> take(partition, record));
            }
        }
    }

    private void assignNewTopics() {
        Set<String> topics = new TreeSet<>(log.admin().listTopics());
        topics.removeIf(topic -> topic.startsWith(INTERNAL_TO_THE_LOG));
        if (!topics.equals(known)) {
            known.addAll(topics);
            List<TopicPartition> partitions = new ArrayList<>();
            topics.forEach(
                    topic -> partitions.addAll(log.admin().describeTopic(topic).topicPartitions()));
            consumer.assign(partitions);
        }
    }

    private void take(TopicPartition partition, ConsumerRecord<byte[], byte[]> record) {
        Set<Long> ownOffsets = piped.get(partition);
        if (ownOffsets == null || !ownOffsets.remove(record.offset())) {
            queues.computeIfAbsent(partition.topic(), topic -> new ArrayDeque<>())
                    .add(record);
        }
    }

    /** Topics that were written to, also if everything was read since. */
    Set<String> topics() {
        return Collections.unmodifiableSet(queues.keySet());
    }

    long size(String topic) {
        Deque<ConsumerRecord<byte[], byte[]>> queue = queues.get(topic);
        return queue == null ? 0 : queue.size();
    }

    ConsumerRecord<byte[], byte[]> read(String topic) {
        Deque<ConsumerRecord<byte[], byte[]>> queue = queues.get(topic);
        ConsumerRecord<byte[], byte[]> record = queue == null ? null : queue.poll();
        if (record == null) {
            throw new NoSuchElementException(
                    "topic '" + topic + "' has no more records; the topology wrote to " + topics());
        }
        return record;
    }

    @Override
    public void close() {
        consumer.close();
    }
}
