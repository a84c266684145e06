package io.tailrace.stores.query;

import io.tailrace.processor.StateStore;
import io.tailrace.query.FailureReason;
import io.tailrace.query.Query;
import io.tailrace.query.QueryResult;
import io.tailrace.state.ReadOnlyWindowStore;
import io.tailrace.state.query.WindowKeyQuery;
import io.tailrace.state.query.WindowRangeQuery;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What a window store answers; from a timestamped one the values carry their timestamps. Any thread. */
final class WindowAnswers {
    private static final Instant FIRST = Instant.EPOCH;
    private static final Instant LAST = Instant.ofEpochMilli(Long.MAX_VALUE);

    private WindowAnswers() {}

    /** Null for a query that is not for such a store. */
    static @Nullable QueryResult<?> find(ReadOnlyWindowStore<Object, Object> view, Query<?> query, StateStore store) {
        if (query instanceof WindowKeyQuery<?, ?> byKey) {
            return QueryResult.forResult(view.fetch(
                    byKey.getKey(),
                    byKey.getTimeFrom().orElse(FIRST),
                    byKey.getTimeTo().orElse(LAST)));
        }
        if (query instanceof WindowRangeQuery<?, ?> range) {
            if (range.getKey().isPresent()) {
                return QueryResult.forFailure(
                        FailureReason.UNKNOWN_QUERY_TYPE,
                        "window store '" + store.name()
                                + "' cannot answer WindowRangeQuery.withKey, which is for session"
                                + " stores: use withWindowStartRange, or WindowKeyQuery for one key");
            }
            return QueryResult.forResult(view.fetchAll(
                    range.getTimeFrom().orElse(FIRST), range.getTimeTo().orElse(LAST)));
        }
        return null;
    }
}
