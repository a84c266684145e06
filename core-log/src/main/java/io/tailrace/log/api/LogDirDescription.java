package io.tailrace.log.api;

import io.tailrace.common.TopicPartition;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a log takes of its directory.
 *
 * @param directory empty for a log in memory
 * @param sizes of the segments of every partition in bytes, without their indexes
 * @param faults why a partition does not take records at the moment, for those of which that is so: the last append found no room,
 *     or a force has failed. What nobody has used since the log was opened is not looked at
 */
public record LogDirDescription(
        Optional<Path> directory, Map<TopicPartition, Long> sizes, Map<TopicPartition, PartitionState> faults) {

    public long totalBytes() {
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }
}
