package io.tailrace.query;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What successes and failures have in common. */
abstract class AnyQueryResult<R> implements QueryResult<R> {
    private final List<String> executionInfo = new ArrayList<>();
    private @Nullable Position position;

    @Override
    public final void addExecutionInfo(String message) {
        executionInfo.add(message);
    }

    @Override
    public final List<String> getExecutionInfo() {
        return List.copyOf(executionInfo);
    }

    @Override
    public final void setPosition(Position newPosition) {
        position = newPosition;
    }

    @Override
    public final @Nullable Position getPosition() {
        return position;
    }

    @Override
    public final boolean isFailure() {
        return !isSuccess();
    }
}
