package io.tailrace.stores.query;

import io.tailrace.processor.StateStore;
import io.tailrace.query.FailureReason;
import io.tailrace.query.Position;
import io.tailrace.query.PositionBound;
import io.tailrace.query.Query;
import io.tailrace.query.QueryConfig;
import io.tailrace.query.QueryResult;
import io.tailrace.state.AggregationWithHeaders;
import io.tailrace.state.QueryableStore;
import io.tailrace.state.ReadOnlyKeyValueStore;
import io.tailrace.state.ReadOnlySessionStore;
import io.tailrace.state.ReadOnlyVersionedKeyValueStore;
import io.tailrace.state.ReadOnlyWindowStore;
import io.tailrace.state.TimestampedKeyValueStore;
import io.tailrace.state.TimestampedKeyValueStoreWithHeaders;
import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.state.ValueTimestampHeaders;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Answers a query by the read-only view of a store, whatever kind that is. Any thread.
 *
 * <p>The position is taken before the view is read: a commit in between makes the answer newer than it claims to be, never
 * older.
 */
public final class StoreAnswers {
    private StoreAnswers() {}

    /**
     * @param position how far the store's committed state has come, taken before this call
     * @param partition of the store's task
     */
    public static <R> QueryResult<R> answer(
            QueryableStore<?> store,
            Position position,
            int partition,
            Query<R> query,
            PositionBound bound,
            QueryConfig config) {
        QueryResult<R> result = isReached(bound.position(), position, partition)
                ? read(store, query)
                : QueryResult.notUpToBound(position, bound, partition);
        if (config.isCollectExecutionInfo()) {
            result.addExecutionInfo((result.isSuccess() ? "answered" : "refused") + " by "
                    + store.getClass().getName() + ", partition " + partition + ", committed at " + position);
        }
        result.setPosition(position);
        return result;
    }

    /** A bound on partitions that other tasks read is nothing to this one; a global store reads all of them. */
    private static boolean isReached(Position bound, Position position, int partition) {
        for (String topic : bound.getTopics()) {
            Map<Integer, Long> seen = position.getPartitionPositions(topic);
            for (Map.Entry<Integer, Long> least :
                    bound.getPartitionPositions(topic).entrySet()) {
                Long reached = seen.get(least.getKey());
                if (reached == null ? least.getKey() == partition : reached < least.getValue()) {
                    return false;
                }
            }
        }
        return true;
    }

    @SuppressWarnings("unchecked") // each query answers with what its type says
    private static <R> QueryResult<R> read(QueryableStore<?> store, Query<R> query) {
        try {
            QueryResult<?> result = find(store, query);
            return result == null ? QueryResult.forUnknownQueryType(query, store) : (QueryResult<R>) result;
        } catch (RuntimeException e) {
            return QueryResult.forFailure(FailureReason.STORE_EXCEPTION, e.toString());
        }
    }

    @SuppressWarnings("unchecked") // the types of key and value are for whoever asks to know
    private static @Nullable QueryResult<?> find(QueryableStore<?> store, Query<?> query) {
        Object view = store.readOnlyView();
        if (view instanceof ReadOnlyKeyValueStore<?, ?> keyValues) {
            if (store instanceof TimestampedKeyValueStoreWithHeaders<?, ?>) {
                return TimestampedKeyValueAnswers.find(
                        (ReadOnlyKeyValueStore<Object, ValueTimestampHeaders<Object>>) keyValues,
                        query,
                        ValueTimestampHeaders::getValueAndTimestampOrNull);
            }
            return store instanceof TimestampedKeyValueStore<?, ?>
                    ? TimestampedKeyValueAnswers.find(
                            (ReadOnlyKeyValueStore<Object, ValueAndTimestamp<Object>>) keyValues, query, value -> value)
                    : KeyValueAnswers.find((ReadOnlyKeyValueStore<Object, Object>) keyValues, query);
        }
        if (view instanceof ReadOnlyWindowStore<?, ?> windows) {
            return WindowAnswers.find(
                    (ReadOnlyWindowStore<Object, Object>) windows,
                    query,
                    (StateStore) store,
                    StoreAnswers::withoutHeaders);
        }
        if (view instanceof ReadOnlySessionStore<?, ?> sessions) {
            return SessionAnswers.find(
                    (ReadOnlySessionStore<Object, Object>) sessions,
                    query,
                    (StateStore) store,
                    StoreAnswers::withoutHeaders);
        }
        if (view instanceof ReadOnlyVersionedKeyValueStore<?, ?> versions) {
            return VersionedAnswers.find((ReadOnlyVersionedKeyValueStore<Object, Object>) versions, query);
        }
        return null;
    }

    /** Queries do not show headers, as in Kafka Streams. */
    private static Object withoutHeaders(Object kept) {
        if (kept instanceof ValueTimestampHeaders<?> value) {
            return Objects.requireNonNull(ValueTimestampHeaders.getValueAndTimestampOrNull(value));
        }
        return kept instanceof AggregationWithHeaders<?> aggregation
                ? Objects.requireNonNull(aggregation.aggregation())
                : kept;
    }
}
