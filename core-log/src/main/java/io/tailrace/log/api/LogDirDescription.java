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
 */
public record LogDirDescription(Optional<Path> directory, Map<TopicPartition, Long> sizes) {

    public long totalBytes() {
        return sizes.values().stream().mapToLong(Long::longValue).sum();
    }
}
