package io.tailrace.processor;

import org.jspecify.annotations.Nullable;

/** Chooses a sink's topic per record (KIP-303). The topic must exist. Must be thread safe: all tasks share it. */
@FunctionalInterface
public interface TopicNameExtractor<K, V> {
    String extract(@Nullable K key, @Nullable V value, RecordContext recordContext);
}
