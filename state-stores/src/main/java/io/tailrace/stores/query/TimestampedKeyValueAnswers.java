package io.tailrace.stores.query;

import io.tailrace.query.Query;
import io.tailrace.query.QueryResult;
import io.tailrace.state.ReadOnlyKeyValueStore;
import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.state.query.KeyQuery;
import io.tailrace.state.query.RangeQuery;
import io.tailrace.state.query.TimestampedKeyQuery;
import io.tailrace.state.query.TimestampedRangeQuery;
import io.tailrace.stores.bytes.MappedIterator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What a timestamped key-value store answers: with timestamps, or to the plain queries without. Any thread. */
final class TimestampedKeyValueAnswers {
    private TimestampedKeyValueAnswers() {}

    /** Null for a query that is not for such a store. */
    static @Nullable QueryResult<?> find(
            ReadOnlyKeyValueStore<Object, ValueAndTimestamp<Object>> view, Query<?> query) {
        if (query instanceof TimestampedKeyQuery<?, ?> byKey) {
            return QueryResult.forResult(view.get(byKey.key()));
        }
        if (query instanceof TimestampedRangeQuery<?, ?> range) {
            return QueryResult.forResult(
                    KeyValueAnswers.scan(view, range.lowerBound(), range.upperBound(), range.resultOrder()));
        }
        if (query instanceof KeyQuery<?, ?> byKey) {
            return QueryResult.forResult(ValueAndTimestamp.getValueOrNull(view.get(byKey.getKey())));
        }
        if (query instanceof RangeQuery<?, ?> range) {
            return QueryResult.forResult(new MappedIterator<>(
                    KeyValueAnswers.scan(view, range.getLowerBound(), range.getUpperBound(), range.resultOrder()),
                    key -> key,
                    value -> Objects.requireNonNull(value.value(), "no store keeps a null")));
        }
        return null;
    }
}
