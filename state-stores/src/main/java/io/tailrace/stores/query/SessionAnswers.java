package io.tailrace.stores.query;

import io.tailrace.processor.StateStore;
import io.tailrace.query.FailureReason;
import io.tailrace.query.Query;
import io.tailrace.query.QueryResult;
import io.tailrace.state.ReadOnlySessionStore;
import io.tailrace.state.query.WindowRangeQuery;
import io.tailrace.stores.bytes.MappedIterator;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** What a session store answers, without headers. Any thread. */
final class SessionAnswers {
    private SessionAnswers() {}

    /**
     * Null for a query that is not for such a store.
     *
     * @param shown what of a kept aggregate is shown
     */
    static @Nullable QueryResult<?> find(
            ReadOnlySessionStore<Object, Object> view, Query<?> query, StateStore store, UnaryOperator<Object> shown) {
        if (query instanceof WindowRangeQuery<?, ?> range) {
            return range.getKey().isPresent()
                    ? QueryResult.forResult(
                            new MappedIterator<>(view.fetch(range.getKey().get()), session -> session, shown))
                    : QueryResult.forFailure(
                            FailureReason.UNKNOWN_QUERY_TYPE,
                            "session store '" + store.name() + "' cannot answer WindowRangeQuery.withWindowStartRange,"
                                    + " which is for window stores: use withKey");
        }
        return null;
    }
}
