package io.tailrace.query;

/** What a store should do beside answering. Immutable. */
public class QueryConfig {
    private final boolean collectExecutionInfo;

    public QueryConfig(boolean collectExecutionInfo) {
        this.collectExecutionInfo = collectExecutionInfo;
    }

    /** Whether to say in the result how the query was answered. */
    public boolean isCollectExecutionInfo() {
        return collectExecutionInfo;
    }
}
