package io.tailrace.state.query;

import io.tailrace.query.Query;
import io.tailrace.state.WindowStoreIterator;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * The windows of one key in a window store, oldest first, as of one commit. From a timestamped store {@code V} is a
 * {@code ValueAndTimestamp}. The iterator has to be closed.
 */
public final class WindowKeyQuery<K, V> implements Query<WindowStoreIterator<V>> {
    private final K key;
    private final Instant timeFrom;
    private final Instant timeTo;

    private WindowKeyQuery(K key, Instant timeFrom, Instant timeTo) {
        this.key = Objects.requireNonNull(key, "the key must not be null");
        this.timeFrom = Objects.requireNonNull(timeFrom, "timeFrom must not be null");
        this.timeTo = Objects.requireNonNull(timeTo, "timeTo must not be null");
    }

    /**
     * @param timeFrom the least start of a window
     * @param timeTo the greatest start of a window, included
     */
    public static <K, V> WindowKeyQuery<K, V> withKeyAndWindowStartRange(K key, Instant timeFrom, Instant timeTo) {
        return new WindowKeyQuery<>(key, timeFrom, timeTo);
    }

    public K getKey() {
        return key;
    }

    public Optional<Instant> getTimeFrom() {
        return Optional.of(timeFrom);
    }

    public Optional<Instant> getTimeTo() {
        return Optional.of(timeTo);
    }

    @Override
    public String toString() {
        return "WindowKeyQuery{key=" + key + ", timeFrom=" + timeFrom + ", timeTo=" + timeTo + "}";
    }
}
