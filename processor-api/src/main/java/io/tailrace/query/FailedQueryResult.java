package io.tailrace.query;

final class FailedQueryResult<R> extends AnyQueryResult<R> {
    private final FailureReason reason;
    private final String message;

    FailedQueryResult(FailureReason reason, String message) {
        this.reason = reason;
        this.message = message;
    }

    @Override
    public boolean isSuccess() {
        return false;
    }

    @Override
    public FailureReason getFailureReason() {
        return reason;
    }

    @Override
    public String getFailureMessage() {
        return message;
    }

    @Override
    public R getResult() {
        throw new IllegalArgumentException("the query failed and has no result: " + reason + ": " + message);
    }

    @Override
    public String toString() {
        return "QueryResult{failure=" + reason + ", message=" + message + "}";
    }
}
