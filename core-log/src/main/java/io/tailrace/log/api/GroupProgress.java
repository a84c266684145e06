package io.tailrace.log.api;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * How far a group is in one partition.
 *
 * @param committed the next record that the group will read, if it has committed
 * @param endOffset of the partition
 * @param memberId who owns the partition now
 */
public record GroupProgress(Optional<OffsetAndMetadata> committed, long endOffset, Optional<String> memberId) {

    /** Records between the committed offset and the end; empty when nothing was committed. */
    public OptionalLong lag() {
        return committed.isEmpty()
                ? OptionalLong.empty()
                : OptionalLong.of(Math.max(0, endOffset - committed.get().offset()));
    }
}
