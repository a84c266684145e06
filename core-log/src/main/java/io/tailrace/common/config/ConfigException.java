package io.tailrace.common.config;

import io.tailrace.common.errors.TailraceException;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** A configuration has an unknown key, lacks one, or has a value that is not valid. */
public final class ConfigException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    public ConfigException(String message) {
        super(message);
    }

    /** @param message what was expected and how to fix it, for example {@code "expected an int, at least 14"} */
    public ConfigException(String name, @Nullable Object value, String message) {
        this(name, value, message, null);
    }

    /** @param message what was expected and how to fix it, for example {@code "expected an int, at least 14"} */
    public ConfigException(String name, @Nullable Object value, String message, @Nullable Throwable cause) {
        super("config '" + name + "': found " + describe(value) + ", " + message, cause);
    }

    // The class is named when it is not plain text: "found Integer 7" explains a rejection that "found 7" does not.
    private static String describe(@Nullable Object value) {
        if (value == null) {
            return "null";
        }
        return value instanceof CharSequence
                ? "'" + value + "'"
                : value.getClass().getSimpleName() + " " + value;
    }
}
