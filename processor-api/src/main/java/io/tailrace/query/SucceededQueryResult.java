package io.tailrace.query;

import org.jspecify.annotations.Nullable;

final class SucceededQueryResult<R> extends AnyQueryResult<R> {
    private final @Nullable R result;

    SucceededQueryResult(@Nullable R result) {
        this.result = result;
    }

    @Override
    public boolean isSuccess() {
        return true;
    }

    @Override
    public FailureReason getFailureReason() {
        throw noFailure();
    }

    @Override
    public String getFailureMessage() {
        throw noFailure();
    }

    private static IllegalArgumentException noFailure() {
        return new IllegalArgumentException("the query succeeded: it has a result and no failure");
    }

    @Override
    public @Nullable R getResult() {
        return result;
    }

    @Override
    public String toString() {
        return "QueryResult{result=" + result + ", position=" + getPosition() + "}";
    }
}
