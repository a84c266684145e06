package io.tailrace.stores.query;

import io.tailrace.query.Query;
import io.tailrace.query.QueryResult;
import io.tailrace.query.ResultOrder;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.ReadOnlyKeyValueStore;
import io.tailrace.state.query.KeyQuery;
import io.tailrace.state.query.RangeQuery;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a plain key-value store answers. Any thread. */
final class KeyValueAnswers {
    private KeyValueAnswers() {}

    /** Null for a query that is not for such a store. */
    static @Nullable QueryResult<?> find(ReadOnlyKeyValueStore<Object, Object> view, Query<?> query) {
        if (query instanceof KeyQuery<?, ?> byKey) {
            return QueryResult.forResult(view.get(byKey.getKey()));
        }
        if (query instanceof RangeQuery<?, ?> range) {
            return QueryResult.forResult(scan(view, range.getLowerBound(), range.getUpperBound(), range.resultOrder()));
        }
        return null;
    }

    static <V> KeyValueIterator<Object, V> scan(
            ReadOnlyKeyValueStore<Object, V> view, Optional<?> lower, Optional<?> upper, ResultOrder order) {
        Object from = lower.orElse(null);
        Object to = upper.orElse(null);
        return order == ResultOrder.DESCENDING ? view.reverseRange(from, to) : view.range(from, to);
    }
}
