package io.tailrace.runtime.worker;

import io.tailrace.common.Time;
import io.tailrace.log.api.EventLog;
import io.tailrace.processor.AutoOffsetReset;
import io.tailrace.processor.CacheSpace;
import io.tailrace.processor.StateRestoreListener;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.TaskId;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.runtime.plan.TopicNames;
import io.tailrace.runtime.restore.RestorePool;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What all workers of an application share. For any thread.
 *
 * @param offsetResets by topic of the log
 * @param directories where a task keeps its stores
 * @param paused whether nothing is to be processed now
 * @param globalStores read-only faces, by name
 * @param uncommittedMaxBytes after how many bytes of uncommitted state a worker commits
 * @param workers how many there are
 */
public record WorkerServices(
        EventLog log,
        Time time,
        StreamsConfig config,
        TopicNames names,
        Function<String, AutoOffsetReset> offsetResets,
        Function<TaskId, Path> directories,
        BooleanSupplier paused,
        Map<String, StateStore> globalStores,
        long uncommittedMaxBytes,
        StateRestoreListener restoreListener,
        RestorePool restores,
        WorkerListener listener,
        int workers) {
    /** One worker's share of the memory for caches; null when there is to be no cache. */
    public @Nullable CacheSpace cacheSpace() {
        long bytes = config.stateStoreCacheMaxBytes();
        return bytes == 0 ? null : new CacheSpace(bytes / workers);
    }
}
