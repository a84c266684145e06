package io.tailrace.log.group;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;

/**
 * One change of a group's committed offsets, as it is stored in the offsets topic.
 *
 * @param committed null: the group has no committed offset for the partition any more (a tombstone)
 */
public record OffsetRecord(
        String group, TopicPartition partition, @Nullable OffsetAndMetadata committed) {}
