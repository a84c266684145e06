package io.tailrace.proof;

import java.io.Serial;
import org.jspecify.annotations.Nullable;
import org.slf4j.helpers.MessageFormatter;

/** The log broke a promise. */
final class Violation extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    Violation(String message) {
        super(message);
    }

    Violation(String message, Throwable cause) {
        super(message, cause);
    }

    /** Where in the log the cause comes from. */
    static String traceOf(Throwable violation) {
        StringBuilder text = new StringBuilder();
        for (Throwable cause = violation.getCause(); cause != null; cause = cause.getCause()) {
            text.append(cause).append('\n');
            for (StackTraceElement frame : cause.getStackTrace()) {
                if (frame.getClassName().startsWith("io.tailrace.")) {
                    text.append("    at ").append(frame).append('\n');
                }
            }
        }
        return text.toString();
    }

    /** @param what with a {@code {}} for each argument */
    static void check(boolean holds, String what, @Nullable Object... arguments) {
        if (!holds) {
            throw new Violation(MessageFormatter.arrayFormat(what, arguments).getMessage());
        }
    }
}
