package io.tailrace.state;

/** A key-value store that keeps the event time and the headers of each value's last change. */
public interface TimestampedKeyValueStoreWithHeaders<K, V> extends KeyValueStore<K, ValueTimestampHeaders<V>> {}
