package io.tailrace.log.client;

import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.OffsetReset;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Computes the offsets that a reset of a group means. <b>Threads:</b> any. */
final class OffsetResets {
    private final Topics topics;
    private final Groups groups;
    private final Time time;

    OffsetResets(Topics topics, Groups groups, Time time) {
        this.topics = topics;
        this.groups = groups;
        this.time = time;
    }

    Map<TopicPartition, OffsetAndMetadata> offsets(
            String group, Collection<TopicPartition> partitions, OffsetReset reset) {
        Groups.checkId(group);
        Map<TopicPartition, OffsetAndMetadata> offsets = new TreeMap<>();
        for (TopicPartition partition : partitions) {
            PartitionCursor cursor = topics.cursor(partition);
            long wanted = offset(cursor, groups.committed(group, partition), reset);
            long possible = Math.max(cursor.startOffset(), Math.min(wanted, cursor.endOffset()));
            offsets.put(partition, new OffsetAndMetadata(possible));
        }
        return offsets;
    }

    private long offset(PartitionCursor cursor, @Nullable OffsetAndMetadata committed, OffsetReset reset) {
        if (reset instanceof OffsetReset.ToEarliest) {
            return cursor.startOffset();
        }
        if (reset instanceof OffsetReset.ToOffset to) {
            return to.offset();
        }
        if (reset instanceof OffsetReset.ToDatetime to) {
            return firstAt(cursor, to.datetime().toEpochMilli());
        }
        if (reset instanceof OffsetReset.ByDuration by) {
            return firstAt(cursor, time.milliseconds() - by.duration().toMillis());
        }
        if (reset instanceof OffsetReset.ShiftBy by) {
            if (committed == null) {
                throw new IllegalArgumentException("cannot shift the offset of " + cursor.topicPartition() + " by "
                        + by.records() + ": the group has committed none; reset it to an offset first");
            }
            return committed.offset() + by.records();
        }
        return cursor.endOffset(); // ToLatest, the last one of the family
    }

    private static long firstAt(PartitionCursor cursor, long timestampMs) {
        return cursor.offsetForTimestamp(timestampMs).orElseGet(cursor::endOffset);
    }
}
