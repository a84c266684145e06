package io.tailrace.kstream;

import java.time.Duration;
import java.util.Objects;

/** Turns a caller's {@link Duration} into the milliseconds that windows count in. */
final class Millis {
    private Millis() {}

    /** @throws IllegalArgumentException when the duration does not fit into a {@code long} */
    static long of(String name, Duration duration) {
        Objects.requireNonNull(duration, name + " must not be null");
        try {
            return duration.toMillis();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(name + " " + duration + " does not fit into 64-bit milliseconds", e);
        }
    }
}
