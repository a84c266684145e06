package io.tailrace.runtime.engine;

import io.tailrace.common.TopicPartition;
import io.tailrace.processor.StateRestoreListener;
import java.util.function.BooleanSupplier;

/**
 * Who wants to know what happens in an engine. Called on the threads of workers.
 *
 * @param restore watches restores
 * @param onCommit called after each commit of a worker
 * @param paused asked by workers at the beginning of each turn
 */
public record EngineListeners(StateRestoreListener restore, Runnable onCommit, BooleanSupplier paused) {
    /** Nobody. */
    public static final EngineListeners NONE = new EngineListeners(new Unheard(), () -> {});

    /** Of an application that is never paused. */
    public EngineListeners(StateRestoreListener restore, Runnable onCommit) {
        this(restore, onCommit, () -> false);
    }

    private static final class Unheard implements StateRestoreListener {
        @Override
        public void onRestoreStart(TopicPartition partition, String store, long startingOffset, long endingOffset) {}

        @Override
        public void onBatchRestored(TopicPartition partition, String store, long batchEndOffset, long numRestored) {}

        @Override
        public void onRestoreEnd(TopicPartition partition, String store, long totalRestored) {}
    }
}
