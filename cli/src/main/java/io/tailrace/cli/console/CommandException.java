package io.tailrace.cli.console;

import io.tailrace.common.errors.TailraceException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A failure that the user can put right. Its message is one line and says how. */
public final class CommandException extends TailraceException {
    /** What most failures end with. */
    public static final int FAILED = 1;

    @Serial
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    public CommandException(String message) {
        this(message, null, FAILED);
    }

    public CommandException(String message, @Nullable Throwable cause, int exitCode) {
        super(message, cause);
        this.exitCode = exitCode;
    }

    public int exitCode() {
        return exitCode;
    }
}
