package io.tailrace.kstream;

/** A side effect per record. It runs again for a record that is processed again after a failure. */
@FunctionalInterface
public interface ForeachAction<K, V> {
    void apply(K key, V value);
}
