package io.tailrace.stores.query;

import io.tailrace.processor.StateStore;
import io.tailrace.query.FailureReason;
import io.tailrace.query.Query;
import io.tailrace.query.QueryResult;
import io.tailrace.state.ReadOnlyWindowStore;
import io.tailrace.state.query.WindowKeyQuery;
import io.tailrace.state.query.WindowRangeQuery;
import io.tailrace.stores.bytes.MappedIterator;
import io.tailrace.stores.window.WindowIterator;
import java.time.Instant;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a window store answers; from a timestamped one the values carry their timestamps, headers never. Any thread. */
final class WindowAnswers {
    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private WindowAnswers() {}

    /**
     * Null for a query that is not for such a store.
     *
     * @param shown what of a kept value is shown
     */
    static @Nullable QueryResult<?> find(
            ReadOnlyWindowStore<Object, Object> view, Query<?> query, StateStore store, UnaryOperator<Object> shown) {
        if (query instanceof WindowKeyQuery<?, ?> byKey) {
            return QueryResult.forResult(new WindowIterator<>(
                    view.fetch(
                            byKey.getKey(),
                            byKey.getTimeFrom().orElse(FIRST),
                            byKey.getTimeTo().orElse(LAST)),
                    start -> start,
                    shown));
        }
        if (query instanceof WindowRangeQuery<?, ?> range) {
            if (range.getKey().isPresent()) {
                return QueryResult.forFailure(
                        FailureReason.UNKNOWN_QUERY_TYPE,
                        "window store '" + store.name()
                                + "' cannot answer WindowRangeQuery.withKey, which is for session"
                                + " stores: use withWindowStartRange, or WindowKeyQuery for one key");
            }
            return QueryResult.forResult(new MappedIterator<>(
                    view.fetchAll(
                            range.getTimeFrom().orElse(FIRST), range.getTimeTo().orElse(LAST)),
                    window -> window,
                    shown));
        }
        return null;
    }
}
