package io.tailrace.query;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The answer of one partition of a store, or why there is none. Owner: whoever asked.
 *
 * @param <R> type of the answer
 */
public interface QueryResult<R> {
    /** @param result null where that is the answer, as for a key that is absent */
    static <R> QueryResult<R> forResult(@Nullable R result) {
        return new SucceededQueryResult<>(result);
    }

    static <R> QueryResult<R> forFailure(FailureReason failureReason, String failureMessage) {
        return new FailedQueryResult<>(failureReason, failureMessage);
    }

    /** @param store the state store that does not know the query */
    static <R> QueryResult<R> forUnknownQueryType(Query<R> query, Object store) {
        return forFailure(
                FailureReason.UNKNOWN_QUERY_TYPE,
                store.getClass().getName() + " does not know how to answer a "
                        + query.getClass().getName());
    }

    /** @param partition the store's, null for a global store */
    static <R> QueryResult<R> notUpToBound(
            Position currentPosition, PositionBound positionBound, @Nullable Integer partition) {
        String where = partition == null ? "the global store" : "partition " + partition;
        return forFailure(
                FailureReason.NOT_UP_TO_BOUND,
                where + " is at " + currentPosition + ", which is not up to the bound " + positionBound);
    }

    /** Appends a line about how the query was answered. */
    void addExecutionInfo(String message);

    /** @param position how far the store had come, at least, when it answered */
    void setPosition(Position position);

    boolean isSuccess();

    boolean isFailure();

    /** Empty unless the request asked for it. */
    List<String> getExecutionInfo();

    /** How far the store had come, at least, when it answered; null when it did not say. */
    @Nullable
    Position getPosition();

    /** @throws IllegalArgumentException for a success */
    FailureReason getFailureReason();

    /** @throws IllegalArgumentException for a success */
    String getFailureMessage();

    /**
     * The answer. An iterator has to be closed.
     *
     * @throws IllegalArgumentException for a failure, with its reason and message
     */
    @Nullable
    R getResult();
}
