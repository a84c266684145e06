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
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What a timestamped key-value store answers: with timestamps, or to the plain queries without. Any thread. */
final class TimestampedKeyValueAnswers {
    private TimestampedKeyValueAnswers() {}

    /**
     * Null for a query that is not for such a store.
     *
     * @param timestamped makes of what the store keeps the value with its timestamp
     */
    static <A> @Nullable QueryResult<?> find(
            ReadOnlyKeyValueStore<Object, A> view,
            Query<?> query,
            Function<@Nullable A, @Nullable ValueAndTimestamp<Object>> timestamped) {
        if (query instanceof TimestampedKeyQuery<?, ?> byKey) {
            return QueryResult.forResult(timestamped.apply(view.get(byKey.key())));
        }
        if (query instanceof TimestampedRangeQuery<?, ?> range) {
            return QueryResult.forResult(new MappedIterator<>(
                    KeyValueAnswers.scan(view, range.lowerBound(), range.upperBound(), range.resultOrder()),
                    key -> key,
                    kept -> kept(timestamped.apply(kept))));
        }
        if (query instanceof KeyQuery<?, ?> byKey) {
            return QueryResult.forResult(ValueAndTimestamp.getValueOrNull(timestamped.apply(view.get(byKey.getKey()))));
        }
        if (query instanceof RangeQuery<?, ?> range) {
            return QueryResult.forResult(new MappedIterator<>(
                    KeyValueAnswers.scan(view, range.getLowerBound(), range.getUpperBound(), range.resultOrder()),
                    key -> key,
                    kept -> kept(ValueAndTimestamp.getValueOrNull(timestamped.apply(kept)))));
        }
        return null;
    }

    private static <T> T kept(@Nullable T value) {
        return Objects.requireNonNull(value, "no store keeps a null");
    }
}
