package io.tailrace.runtime.worker;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Admin;
import io.tailrace.log.api.ConsumerGroupMetadata;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.Producer;
import io.tailrace.runtime.task.ActiveTask;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Commits outputs, repartition topics, changelogs and input offsets in one transaction of the worker's producer, then the
 * stores.
 *
 * <p>A crash before the transaction is decided undoes everything since the last commit: the log aborts the transaction, the
 * stores forget what they did not commit. A crash after it leaves the stores behind their changelogs, from which the gap is
 * replayed; they are never ahead (KIP-447, KIP-892).
 */
final class ExactlyOnceCommit implements CommitProtocol {
    private final Producer<byte[], byte[]> producer;
    private final ConsumerGroupMetadata group;
    private final Admin admin;

    /** @param producer in a transaction, which begins in the log with the first record */
    ExactlyOnceCommit(Producer<byte[], byte[]> producer, ConsumerGroupMetadata group, Admin admin) {
        this.producer = producer;
        this.group = group;
        this.admin = admin;
    }

    @Override
    public boolean commit(Collection<ActiveTask> tasks) {
        List<ActiveTask> dirty = tasks.stream().filter(ActiveTask::isDirty).toList();
        if (dirty.isEmpty()) {
            return false;
        }
        dirty.forEach(ActiveTask::beforeCommit);
        Map<TopicPartition, OffsetAndMetadata> offsets = new LinkedHashMap<>();
        dirty.forEach(task -> offsets.putAll(task.offsetsToCommit()));
        producer.sendOffsetsToTransaction(offsets, group);
        producer.commitTransaction();
        producer.beginTransaction();
        Map<TopicPartition, Long> ends = ChangelogEnds.of(admin, dirty);
        dirty.forEach(task -> task.committed(offsets, ends));
        return true;
    }

    /** Nothing may be seen before the commit. */
    @Override
    public void publish() {}
}
