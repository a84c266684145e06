package io.tailrace.samples;

import io.tailrace.common.errors.TailraceException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A failure that the user can put right: a missing file, a damaged input. Its message is one line and says how. */
public final class SampleException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    public SampleException(String message) {
        super(message);
    }

    public SampleException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
