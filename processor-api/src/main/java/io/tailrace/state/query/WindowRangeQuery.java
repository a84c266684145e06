package io.tailrace.state.query;

import io.tailrace.query.Query;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.Windowed;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Of a window store the windows of all keys that start in a given time; of a session store the sessions of one key. As of one
 * commit; from a timestamped window store {@code V} is a {@code ValueAndTimestamp}. The iterator has to be closed.
 */
public final class WindowRangeQuery<K, V> implements Query<KeyValueIterator<Windowed<K>, V>> {
    private final Optional<K> key;
    private final Optional<Instant> timeFrom;
    private final Optional<Instant> timeTo;

    private WindowRangeQuery(@Nullable K key, @Nullable Instant timeFrom, @Nullable Instant timeTo) {
        this.key = Optional.ofNullable(key);
        this.timeFrom = Optional.ofNullable(timeFrom);
        this.timeTo = Optional.ofNullable(timeTo);
    }

    /** The sessions of a key, for a session store. */
    public static <K, V> WindowRangeQuery<K, V> withKey(K key) {
        return new WindowRangeQuery<>(Objects.requireNonNull(key, "the key must not be null"), null, null);
    }

    /**
     * The windows of all keys, for a window store.
     *
     * @param timeFrom the least start of a window
     * @param timeTo the greatest start of a window, included
     */
    public static <K, V> WindowRangeQuery<K, V> withWindowStartRange(Instant timeFrom, Instant timeTo) {
        return new WindowRangeQuery<>(
                null,
                Objects.requireNonNull(timeFrom, "timeFrom must not be null"),
                Objects.requireNonNull(timeTo, "timeTo must not be null"));
    }

    public Optional<K> getKey() {
        return key;
    }

    public Optional<Instant> getTimeFrom() {
        return timeFrom;
    }

    public Optional<Instant> getTimeTo() {
        return timeTo;
    }

    @Override
    public String toString() {
        return "WindowRangeQuery{key=" + key + ", timeFrom=" + timeFrom + ", timeTo=" + timeTo + "}";
    }
}
