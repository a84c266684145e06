package io.tailrace.stores.query;

import io.tailrace.processor.StateStore;
import io.tailrace.query.FailureReason;
import io.tailrace.query.Query;
import io.tailrace.query.QueryResult;
import io.tailrace.state.ReadOnlySessionStore;
import io.tailrace.state.query.WindowRangeQuery;
import org.jspecify.annotations.Nullable;

/** What a session store answers. Any thread. */
final class SessionAnswers {
    private SessionAnswers() {}

    /** Null for a query that is not for such a store. */
    static @Nullable QueryResult<?> find(ReadOnlySessionStore<Object, Object> view, Query<?> query, StateStore store) {
        if (query instanceof WindowRangeQuery<?, ?> range) {
            return range.getKey().isPresent()
                    ? QueryResult.forResult(view.fetch(range.getKey().get()))
                    : QueryResult.forFailure(
                            FailureReason.UNKNOWN_QUERY_TYPE,
                            "session store '" + store.name() + "' cannot answer WindowRangeQuery.withWindowStartRange,"
                                    + " which is for window stores: use withKey");
        }
        return null;
    }
}
