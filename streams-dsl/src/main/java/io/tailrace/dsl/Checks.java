package io.tailrace.dsl;

import io.tailrace.kstream.Named;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Checks of arguments that many calls have in common. */
final class Checks {
    private Checks() {}

    /** @throws NullPointerException naming the argument */
    static <T> T given(@Nullable T argument, String name) {
        return Objects.requireNonNull(argument, () -> name + " must not be null");
    }

    /** @throws NullPointerException when there is no {@code named} */
    static String nameOf(Named named) {
        return given(named, "named").name();
    }
}
