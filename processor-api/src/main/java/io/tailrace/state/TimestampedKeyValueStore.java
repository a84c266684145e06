package io.tailrace.state;

/** A {@link KeyValueStore} that keeps with each value the event time of its last change (KIP-258). */
public interface TimestampedKeyValueStore<K, V> extends KeyValueStore<K, ValueAndTimestamp<V>> {}
