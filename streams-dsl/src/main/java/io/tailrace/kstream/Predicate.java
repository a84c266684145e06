package io.tailrace.kstream;

/** A condition on a record's key and value. Must be stateless: all tasks share it. */
@FunctionalInterface
public interface Predicate<K, V> {
    boolean test(K key, V value);
}
