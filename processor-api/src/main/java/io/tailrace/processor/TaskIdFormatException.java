package io.tailrace.processor;

import io.tailrace.common.errors.TailraceException;
import java.io.Serial;

/**
 * A text that should name a task, such as the name of a directory below the state directory, does not.
 *
 * <p>It lives beside {@link TaskId}, not with the other errors: these build on the types of this package.
 */
public class TaskIdFormatException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    public TaskIdFormatException(String message) {
        super(message);
    }

    public TaskIdFormatException(String message, Throwable cause) {
        super(message, cause);
    }
}
