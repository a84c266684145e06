package io.tailrace.runtime.worker;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Admin;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.Producer;
import io.tailrace.runtime.task.ActiveTask;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Commits so that no record is lost, and a crash may only repeat some.
 *
 * <p>The order makes it so. First everything that was written reaches the log; only then the input offsets move past the
 * records that caused it, so a crash in between repeats these records. The stores come last, with the ends of their
 * changelogs: a crash before leaves them behind their changelogs, from which the gap is replayed; they are never ahead.
 */
final class AtLeastOnceCommit implements CommitProtocol {
    private final Producer<byte[], byte[]> producer;
    private final Consumer<byte[], byte[]> consumer;
    private final Admin admin;

    AtLeastOnceCommit(Producer<byte[], byte[]> producer, Consumer<byte[], byte[]> consumer, Admin admin) {
        this.producer = producer;
        this.consumer = consumer;
        this.admin = admin;
    }

    /** Nobody comes to fill the batches that are open, so whoever waits for their records gets them now. */
    @Override
    public void publish() {
        producer.flush();
    }

    @Override
    public boolean commit(Collection<ActiveTask> tasks) {
        List<ActiveTask> dirty = tasks.stream().filter(ActiveTask::isDirty).toList();
        if (dirty.isEmpty()) {
            return false;
        }
        dirty.forEach(ActiveTask::beforeCommit);
        producer.flush();
        Map<TopicPartition, OffsetAndMetadata> offsets = new LinkedHashMap<>();
        dirty.forEach(task -> offsets.putAll(task.offsetsToCommit()));
        if (!offsets.isEmpty()) {
            consumer.commitSync(offsets);
        }
        Map<TopicPartition, Long> ends = ChangelogEnds.of(admin, dirty);
        dirty.forEach(task -> task.committed(offsets, ends));
        return true;
    }
}
