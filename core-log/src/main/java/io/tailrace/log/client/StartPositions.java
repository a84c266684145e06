package io.tailrace.log.client;

import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.NoOffsetForPartitionException;
import io.tailrace.common.errors.OffsetOutOfRangeException;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.OffsetResetPolicy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where a consumer starts to read a partition: at the group's committed offset, else where the reset policy says.
 *
 * <p><b>Owner:</b> the consumer's thread.
 */
final class StartPositions {
    private static final Logger LOG = LoggerFactory.getLogger(StartPositions.class);

    private final Groups groups;
    private final ConsumerConfig config;
    private final Time time;

    StartPositions(Groups groups, ConsumerConfig config, Time time) {
        this.groups = groups;
        this.config = config;
        this.time = time;
    }

    /**
     * Whether a reader of committed data may begin: not while an open transaction commits an offset of the partition, because the
     * records that come next may have been processed in it.
     *
     * @param waiter raised when it is worth to ask again
     */
    boolean isCertain(PartitionCursor cursor, Signal waiter) {
        return cursor.hasPosition()
                || config.isolationLevel() == IsolationLevel.READ_UNCOMMITTED
                || config.groupId()
                        .map(group -> groups.isStable(group, cursor.topicPartition(), waiter))
                        .orElse(true);
    }

    /** Gives a cursor that has none its first position. */
    void find(PartitionCursor cursor) {
        TopicPartition partition = cursor.topicPartition();
        OffsetAndMetadata committed = config.groupId()
                .map(group -> groups.committed(group, partition))
                .orElse(null);
        if (committed != null) {
            cursor.seek(committed.offset());
        } else if (config.autoOffsetReset().strategy() == OffsetResetPolicy.Strategy.NONE) {
            throw new NoOffsetForPartitionException(partition.topic(), partition.partition());
        } else {
            reset(cursor);
        }
    }

    /** Gives the cursor another position, because the one it has is outside of the partition. */
    void findAgain(PartitionCursor cursor, OffsetOutOfRangeException failure) {
        if (config.autoOffsetReset().strategy() == OffsetResetPolicy.Strategy.NONE) {
            throw failure;
        }
        long position = cursor.position();
        reset(cursor);
        LOG.warn(
                "{}: position {} does not exist any more, going on at {} ({})",
                cursor.topicPartition(),
                position,
                cursor.position(),
                config.autoOffsetReset());
    }

    private void reset(PartitionCursor cursor) {
        OffsetResetPolicy policy = config.autoOffsetReset();
        switch (policy.strategy()) {
            case EARLIEST -> cursor.seek(cursor.startOffset());
            case LATEST -> cursor.seek(cursor.endOffset());
            case BY_DURATION -> {
                long ageMs = policy.duration().orElseThrow().toMillis();
                cursor.seek(
                        cursor.offsetForTimestamp(time.milliseconds() - ageMs).orElseGet(cursor::endOffset));
            }
            case NONE -> throw new IllegalStateException("there is nothing to reset to by the policy none");
        }
    }
}
