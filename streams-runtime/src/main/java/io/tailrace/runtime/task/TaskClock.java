package io.tailrace.runtime.task;

import io.tailrace.common.Time;

/** The clock of whichever worker has the task. Owner: the task's thread. */
record TaskClock(TaskScope scope) implements Time {
    @Override
    public long milliseconds() {
        return scope.services.clock().milliseconds();
    }

    @Override
    public long nanoseconds() {
        return scope.services.clock().nanoseconds();
    }
}
