package io.tailrace.query;

import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A query, and which partitions of which store it goes to. Immutable.
 *
 * <pre>{@code
 * StateQueryRequest.inStore("counts").withQuery(KeyQuery.<String, Long>withKey("Zurich")).withAllPartitions()
 * }</pre>
 *
 * @param <R> type of the answer of one partition
 */
public class StateQueryRequest<R> {
    private final String storeName;
    private final Query<R> query;
    private final PositionBound positionBound;
    private final Optional<Set<Integer>> partitions;
    private final boolean executionInfo;
    private final boolean requireActive;

    private StateQueryRequest(
            String storeName,
            Query<R> query,
            PositionBound positionBound,
            Optional<Set<Integer>> partitions,
            boolean executionInfo,
            boolean requireActive) {
        this.storeName = storeName;
        this.query = query;
        this.positionBound = positionBound;
        this.partitions = partitions;
        this.executionInfo = executionInfo;
        this.requireActive = requireActive;
    }

    /** Begins a request to that store. */
    public static InStore inStore(String storeName) {
        return new InStore(Objects.requireNonNull(storeName, "the store name must not be null"));
    }

    /** A request that does not have its query yet. */
    public static class InStore {
        private final String storeName;

        private InStore(String storeName) {
            this.storeName = storeName;
        }

        /** To all partitions, however far they have come. */
        public <R> StateQueryRequest<R> withQuery(Query<R> query) {
            return new StateQueryRequest<>(
                    storeName,
                    Objects.requireNonNull(query, "the query must not be null"),
                    PositionBound.unbounded(),
                    Optional.empty(),
                    false,
                    false);
        }
    }

    /** Only where the store has come at least that far; others answer {@link FailureReason#NOT_UP_TO_BOUND}. */
    public StateQueryRequest<R> withPositionBound(PositionBound bound) {
        return new StateQueryRequest<>(storeName, query, bound, partitions, executionInfo, requireActive);
    }

    public StateQueryRequest<R> withAllPartitions() {
        return new StateQueryRequest<>(storeName, query, positionBound, Optional.empty(), executionInfo, requireActive);
    }

    /** Only to these; copied. */
    public StateQueryRequest<R> withPartitions(Set<Integer> chosen) {
        return new StateQueryRequest<>(
                storeName, query, positionBound, Optional.of(Set.copyOf(chosen)), executionInfo, requireActive);
    }

    /** Lets each partition say how it answered. */
    public StateQueryRequest<R> enableExecutionInfo() {
        return new StateQueryRequest<>(storeName, query, positionBound, partitions, true, requireActive);
    }

    /** Only by active copies of the store, not by standby ones. */
    public StateQueryRequest<R> requireActive() {
        return new StateQueryRequest<>(storeName, query, positionBound, partitions, executionInfo, true);
    }

    public String getStoreName() {
        return storeName;
    }

    public Query<R> getQuery() {
        return query;
    }

    public PositionBound getPositionBound() {
        return positionBound;
    }

    public boolean isAllPartitions() {
        return partitions.isEmpty();
    }

    /** @throws UnsupportedOperationException when the request goes to all partitions */
    public Set<Integer> getPartitions() {
        return partitions.orElseThrow(() ->
                new UnsupportedOperationException("the request goes to all partitions: ask isAllPartitions first"));
    }

    public boolean executionInfoEnabled() {
        return executionInfo;
    }

    public boolean isRequireActive() {
        return requireActive;
    }
}
