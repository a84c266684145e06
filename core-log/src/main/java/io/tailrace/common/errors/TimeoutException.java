package io.tailrace.common.errors;

import java.io.Serial;
import org.jspecify.annotations.Nullable;

/**
 * An operation did not finish within the time the caller gave. Whether it took effect later is not known.
 */
public final class TimeoutException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    public TimeoutException(String message) {
        super(message);
    }

    public TimeoutException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
