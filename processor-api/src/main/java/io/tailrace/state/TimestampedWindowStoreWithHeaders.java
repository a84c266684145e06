package io.tailrace.state;

/** A window store that keeps the event time and the headers of each value's last change. */
public interface TimestampedWindowStoreWithHeaders<K, V> extends WindowStore<K, ValueTimestampHeaders<V>> {}
