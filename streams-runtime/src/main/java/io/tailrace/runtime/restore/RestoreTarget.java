package io.tailrace.runtime.restore;

import io.tailrace.common.TopicPartition;
import io.tailrace.processor.StateRestoreCallback;

/**
 * One store to be restored.
 *
 * @param from the first offset to replay
 * @param to the offset after the last one to replay, not below {@code from}
 */
public record RestoreTarget(
        String store, TopicPartition changelog, StateRestoreCallback callback, long from, long to) {}
