package io.tailrace.state;

import java.time.Instant;

/** Turns a caller's {@link Instant} into the milliseconds that stores count in. */
final class EpochMillis {
    private EpochMillis() {}

    /** @throws IllegalArgumentException when the instant is too far from the epoch for a {@code long} */
    static long of(String name, Instant instant) {
        try {
            return instant.toEpochMilli();
        } catch (ArithmeticException e) {
            throw new IllegalArgumentException(
                    name + " " + instant + " does not fit into 64-bit epoch milliseconds", e);
        }
    }
}
