package io.tailrace.systemtests.kill;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.OffsetAndMetadata;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;

/** What the readers of a {@link Victim} have committed; shared by them, as a partition goes from one to the other. */
final class GroupProgress {
    private final AtomicLongArray committed = new AtomicLongArray(Mark.PARTITIONS);

    private GroupProgress() {}

    /** Takes and reports what the log has. */
    static GroupProgress resume(Victim victim) {
        GroupProgress progress = new GroupProgress();
        Map<TopicPartition, OffsetAndMetadata> stored = victim.log.admin().committedOffsets(GroupReader.GROUP);
        for (Map.Entry<TopicPartition, OffsetAndMetadata> entry : stored.entrySet()) {
            int partition = entry.getKey().partition();
            progress.committed(partition, entry.getValue().offset());
            victim.report.write(Report.Kind.RESUMES, partition, entry.getValue().offset());
        }
        return progress;
    }

    long committed(int partition) {
        return committed.get(partition);
    }

    void committed(int partition, long offset) {
        committed.set(partition, offset);
    }
}
