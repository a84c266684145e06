package io.tailrace.state;

/** A session store that keeps the headers of each aggregate's last change. */
public interface SessionStoreWithHeaders<K, AGG> extends SessionStore<K, AggregationWithHeaders<AGG>> {}
