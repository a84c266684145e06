package io.tailrace.errors;

import io.tailrace.common.errors.TailraceException;
import io.tailrace.processor.TaskId;
import java.io.Serial;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Processing failed. Carries the task in which it happened where one is known (KIP-783). */
public class StreamsException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    private transient @Nullable TaskId taskId;

    public StreamsException(String message) {
        super(message);
    }

    public StreamsException(Throwable cause) {
        super(cause);
    }

    public StreamsException(String message, Throwable cause) {
        super(message, cause);
    }

    public StreamsException(String message, TaskId taskId) {
        super(message);
        this.taskId = taskId;
    }

    public StreamsException(Throwable cause, TaskId taskId) {
        this(cause);
        this.taskId = taskId;
    }

    public StreamsException(String message, Throwable cause, TaskId taskId) {
        super(message, cause);
        this.taskId = taskId;
    }

    /** Empty when the failure belongs to no single task. */
    public Optional<TaskId> taskId() {
        return Optional.ofNullable(taskId);
    }

    /** Set by the thread that runs the task, when the exception was thrown without one. */
    public void setTaskId(TaskId taskId) {
        this.taskId = taskId;
    }
}
