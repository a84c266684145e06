package io.tailrace.stores;

import java.time.Duration;

/**
 * What the DSL asks a {@link DslStoreSuppliers} for: a window store. Kafka Streams' emit strategy and store format are
 * left out: the one is a matter of the operator, of the other there is one only.
 *
 * @param name of the store
 * @param retentionPeriod how long a window is kept at least, counted from its start in stream time
 * @param windowSize the end of each window, counted from its start
 * @param retainDuplicates whether several values of the same key and window start are all kept
 * @param isSlidingWindow whether it is for sliding windows, which read by ranges of time
 */
public record DslWindowParams(
        String name,
        Duration retentionPeriod,
        Duration windowSize,
        boolean retainDuplicates,
        boolean isSlidingWindow) {}
