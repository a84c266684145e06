package io.tailrace.runtime.engine;

import io.tailrace.processor.StateRestoreListener;
import io.tailrace.runtime.metrics.AppCounts;
import io.tailrace.runtime.restore.IgnoredRestore;
import java.util.function.BooleanSupplier;

/**
 * Who wants to know what happens in an engine, and has a say. Called on the threads of workers.
 *
 * @param counts of commits and restores
 * @param onCommit called after each commit of a worker
 * @param paused asked by workers at the beginning of each turn
 */
public record EngineListeners(AppCounts counts, Runnable onCommit, BooleanSupplier paused) {
    /** Nobody; of an application that is never paused. */
    public static EngineListeners none() {
        return new EngineListeners(IgnoredRestore.INSTANCE, () -> {});
    }

    /** Of an application that is never paused and whose counts nobody reads. */
    public EngineListeners(StateRestoreListener restore, Runnable onCommit) {
        this(new AppCounts(restore, AppCounts.Listener.NONE), onCommit, () -> false);
    }
}
