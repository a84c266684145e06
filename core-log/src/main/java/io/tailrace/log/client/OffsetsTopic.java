package io.tailrace.log.client;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.group.OffsetRecord;
import io.tailrace.log.group.OffsetRecordCodec;
import io.tailrace.log.partition.AppendOrigin;
import io.tailrace.log.partition.Partition;
import io.tailrace.log.record.BatchWriter;
import io.tailrace.log.record.ProducerStamp;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The topic {@code __consumer_offsets}, which keeps the committed offsets of all groups. It is made by the first commit. All
 * records of one group are in one partition, chosen as in Kafka, so that they stay in order.
 *
 * <p><b>Owner:</b> {@link Groups}, under its lock, except {@link #ensureExists}.
 */
final class OffsetsTopic {
    static final String NAME = InternalTopics.OFFSETS;

    private static final int PARTITIONS = 8;
    private static final int BATCH_BYTES = 64 * 1024;
    private static final Headers NO_HEADERS = new RecordHeaders();

    private final Topics topics;

    OffsetsTopic(Topics topics) {
        this.topics = topics;
    }

    /** To be called before the groups are locked: creating a topic locks the topics, which come first. */
    void ensureExists() {
        topics.changes().ensureInternal(NAME, PARTITIONS);
    }

    /** The partition that keeps the offsets of a group. */
    TopicPartition partition(String group) {
        return new TopicPartition(
                NAME, InternalTopics.partitionOf(group, topics.get(NAME).partitionCount()));
    }

    /**
     * Appends the records, those of one partition in as few batches as possible.
     *
     * @param transaction that they are a part of, null for none
     */
    void append(List<OffsetRecord> records, @Nullable ProducerStamp transaction, long nowMs) {
        if (records.isEmpty()) {
            return;
        }
        Topic topic = topics.get(NAME);
        SortedMap<Integer, List<OffsetRecord>> byPartition = new TreeMap<>();
        for (OffsetRecord record : records) {
            int partition = InternalTopics.partitionOf(record.group(), topic.partitionCount());
            byPartition.computeIfAbsent(partition, p -> new ArrayList<>()).add(record);
        }
        byPartition.forEach((partition, some) -> append(topic.partition(partition), some, transaction, nowMs));
    }

    private static void append(
            Partition partition, List<OffsetRecord> records, @Nullable ProducerStamp transaction, long nowMs) {
        BatchWriter writer = new BatchWriter(BATCH_BYTES);
        for (OffsetRecord record : records) {
            byte[] key = OffsetRecordCodec.encodeKey(record.group(), record.partition());
            OffsetAndMetadata committed = record.committed();
            byte[] value = committed == null ? null : OffsetRecordCodec.encodeValue(committed, nowMs);
            while (!writer.tryAppend(nowMs, key, value, NO_HEADERS)) { // an empty batch takes any record
                append(partition, writer, transaction);
                writer.reset();
            }
        }
        append(partition, writer, transaction);
    }

    private static void append(Partition partition, BatchWriter writer, @Nullable ProducerStamp transaction) {
        ByteBuffer batch = transaction == null ? writer.finish() : writer.finish(transaction);
        partition.append(batch, AppendOrigin.COORDINATOR);
    }

    /** Returns when what was appended for the group is as durable as the policy promises. Outside of the groups' lock. */
    void awaitDurable(String group) {
        Topic topic = topics.find(NAME);
        if (topic != null) {
            Partition partition = topic.partition(InternalTopics.partitionOf(group, topic.partitionCount()));
            topics.flusher().awaitDurable(partition, partition.logEndOffset());
        }
    }

    /** Returns when the partitions that these records were appended to survive a power loss. */
    void force(List<OffsetRecord> records) {
        if (records.isEmpty()) {
            return;
        }
        Topic topic = topics.get(NAME);
        records.stream()
                .map(record -> InternalTopics.partitionOf(record.group(), topic.partitionCount()))
                .distinct()
                .forEach(partition -> topic.partition(partition).force());
    }

    /**
     * Hands over every record that was ever stored, but for those of aborted transactions; those of one group in order. Damaged
     * ones are left out, with a warning: a group then resumes at an earlier commit.
     */
    void replay(Consumer<OffsetRecord> target) {
        Topic topic = topics.find(NAME);
        if (topic == null) {
            return;
        }
        InternalTopicReplay.run(
                topic,
                IsolationLevel.READ_COMMITTED,
                "Committed offsets are lost, their groups resume at earlier ones",
                record -> target.accept(OffsetRecordCodec.decode(record.key(), record.value(), record.where())));
    }
}
