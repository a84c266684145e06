package io.tailrace.serde;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.exc.StreamReadException;
import tools.jackson.core.exc.UnexpectedEndOfInputException;
import tools.jackson.databind.exc.InvalidDefinitionException;
import tools.jackson.databind.exc.MismatchedInputException;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.exc.ValueInstantiationException;

/**
 * Says what Jackson found wrong without a word of the document. Only names that come from the Java type are used: classes and
 * their properties; keys of maps and unknown properties are the document's own and are left out.
 */
final class JsonFault {
    private JsonFault() {}

    static String describe(JacksonException e) {
        return kind(e) + path(e.getPath(), e instanceof UnrecognizedPropertyException);
    }

    /** Where it is: {@code ", at byte 17 of 40"}, or nothing when Jackson does not know. */
    static String position(JacksonException e, int length) {
        long at = e.getLocation() == null ? -1 : e.getLocation().getByteOffset();
        return at < 0 ? "" : ", at byte " + at + " of " + length;
    }

    private static String kind(JacksonException e) {
        if (e instanceof UnexpectedEndOfInputException) {
            return "the document ends too early";
        }
        if (e instanceof StreamReadException) {
            return "not well-formed JSON";
        }
        if (e instanceof UnrecognizedPropertyException) {
            return "found a property that the type does not have";
        }
        if (e instanceof InvalidDefinitionException definition) {
            return "Jackson cannot handle "
                    + (definition.getType() == null
                            ? "this type"
                            : definition.getType().toCanonical());
        }
        if (e instanceof ValueInstantiationException instantiation) {
            return "the constructor of " + instantiation.getType().toCanonical() + " refused the values"
                    + by(e.getCause());
        }
        if (e instanceof MismatchedInputException mismatch && mismatch.getTargetType() != null) {
            return "found a value that does not fit, expected "
                    + mismatch.getTargetType().getTypeName();
        }
        return e.getClass().getSimpleName() + by(e.getCause());
    }

    private static String by(@Nullable Throwable cause) {
        return cause == null ? "" : " with " + cause.getClass().getName();
    }

    private static String path(List<JacksonException.Reference> path, boolean lastIsUnknown) {
        StringBuilder text = new StringBuilder();
        int known = lastIsUnknown ? path.size() - 1 : path.size();
        for (JacksonException.Reference step : path.subList(0, Math.max(0, known))) {
            Object owner = step.from();
            if (step.getPropertyName() == null || owner instanceof Collection<?>) {
                text.append('[').append(step.getIndex()).append(']');
            } else if (owner instanceof Map<?, ?>
                    || (owner instanceof Class<?> type && Map.class.isAssignableFrom(type))) {
                text.append("[a key]");
            } else {
                text.append(text.isEmpty() ? "" : ".").append(step.getPropertyName());
            }
        }
        return text.isEmpty() ? "" : " for " + text;
    }
}
