package io.tailrace.state;

/** A {@link WindowStore} that keeps with each value the event time of its last change (KIP-258). */
public interface TimestampedWindowStore<K, V> extends WindowStore<K, ValueAndTimestamp<V>> {}
