package io.tailrace.kstream;

import io.tailrace.errors.TopologyException;
import java.util.Objects;
import java.util.regex.Pattern;

/** The name of an operation. Immutable (KIP-307). */
public class Named implements NamedOperation<Named> {
    private static final int MAX_LENGTH = 249;
    private static final Pattern LEGAL = Pattern.compile("[a-zA-Z0-9._-]+");

    private final String name;

    protected Named(String name) {
        validate(name);
        this.name = name;
    }

    protected Named(Named other) {
        this(Objects.requireNonNull(other, "named must not be null").name);
    }

    /** @throws TopologyException when the name is not of the form that {@link #withName} asks for */
    public static Named as(String name) {
        return new Named(name);
    }

    @Override
    public Named withName(String name) {
        return new Named(name);
    }

    public String name() {
        return name;
    }

    /**
     * Names end up in names of topics and directories, so the rule is that of topic names.
     *
     * @throws TopologyException when the name is empty, {@code .}, {@code ..}, longer than 249 characters, or has a
     *     character other than letters, digits, {@code .}, {@code _} and {@code -}
     */
    protected static void validate(String name) {
        Objects.requireNonNull(name, "name must not be null");
        if (name.isEmpty()) {
            throw new TopologyException("a name is empty: give it at least one character or leave it out");
        }
        if (name.equals(".") || name.equals("..")) {
            throw new TopologyException("name '" + name + "': '.' and '..' are not names");
        }
        if (name.length() > MAX_LENGTH) {
            throw new TopologyException(
                    "name '" + name + "' has " + name.length() + " characters, at most " + MAX_LENGTH + " are allowed");
        }
        if (!LEGAL.matcher(name).matches()) {
            throw new TopologyException("name '" + name + "': only letters, digits, '.', '_' and '-' are allowed");
        }
    }
}
