package io.tailrace.query;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The answers of all partitions that were asked. Owner: whoever asked.
 *
 * @param <R> type of the answer of one partition
 */
public class StateQueryResult<R> {
    private final Map<Integer, QueryResult<R>> partitionResults = new TreeMap<>();
    private @Nullable QueryResult<R> globalResult;

    /** Without any answer yet. */
    public StateQueryResult() {}

    public void addResult(int partition, QueryResult<R> result) {
        partitionResults.put(partition, result);
    }

    public void setGlobalResult(QueryResult<R> result) {
        globalResult = result;
    }

    /** By partition; empty for a global store. */
    public Map<Integer, QueryResult<R>> getPartitionResults() {
        return Collections.unmodifiableMap(partitionResults);
    }

    /**
     * The one answer that is not empty, as for a key, which only one partition has; a failure counts as an answer. Null when
     * every partition answered with null.
     *
     * @throws IllegalArgumentException when there are several
     */
    public @Nullable QueryResult<R> getOnlyPartitionResult() {
        List<QueryResult<R>> answers = partitionResults.values().stream()
                .filter(result -> result.isFailure() || result.getResult() != null)
                .toList();
        if (answers.size() > 1) {
            throw new IllegalArgumentException("expected one partition at most to have an answer, but " + answers.size()
                    + " have: " + partitionResults);
        }
        return answers.isEmpty() ? null : answers.get(0);
    }

    /** The answer of a global store; null for another. */
    public @Nullable QueryResult<R> getGlobalResult() {
        return globalResult;
    }

    /** How far the stores had come, all partitions together: a bound for a later query that must not see less. */
    public Position getPosition() {
        Position position = Position.emptyPosition();
        if (globalResult != null) {
            return position.merge(globalResult.getPosition());
        }
        partitionResults.values().forEach(result -> position.merge(result.getPosition()));
        return position;
    }

    @Override
    public String toString() {
        return "StateQueryResult{partitions=" + partitionResults + ", global=" + globalResult + "}";
    }
}
