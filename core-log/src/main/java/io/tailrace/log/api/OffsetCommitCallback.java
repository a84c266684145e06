package io.tailrace.log.api;

import io.tailrace.common.TopicPartition;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Told how a {@link Consumer#commitAsync} went: by a later call of the same consumer, on its thread. */
@FunctionalInterface
public interface OffsetCommitCallback {

    /**
     * @param offsets that were to be committed
     * @param exception why they were not, null when they were
     */
    void onComplete(Map<TopicPartition, OffsetAndMetadata> offsets, @Nullable Exception exception);
}
