package io.tailrace.runtime.task;

import io.tailrace.log.api.Producer;
import io.tailrace.processor.CacheSpace;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.TaskId;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.runtime.plan.TopicNames;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * What a worker gives to its tasks. All of it belongs to the worker's thread, but for the configuration and the names.
 *
 * @param directories where a task keeps its stores; need not exist yet
 * @param partitionCounts how many partitions a topic of the log has
 * @param globalStores read-only faces, by name
 * @param cacheSpace for what stores hold back, null if they do not
 */
public record TaskServices(
        StreamsConfig config,
        TopicNames names,
        TurnClock clock,
        Producer<byte[], byte[]> producer,
        ExceptionHandlers handlers,
        LastLetters lastLetters,
        Function<TaskId, Path> directories,
        ToIntFunction<String> partitionCounts,
        Map<String, StateStore> globalStores,
        @Nullable CacheSpace cacheSpace) {}
