package io.tailrace.storesuite;

import io.tailrace.state.ValueAndTimestamp;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What the stores of a kind keep: a value of its own for each number. */
enum Values {
    PLAIN {
        @Override
        Object of(long number) {
            return number;
        }
    },
    TIMESTAMPED {
        @Override
        Object of(long number) {
            return Objects.requireNonNull(ValueAndTimestamp.make(number, 1_000_000 + number));
        }
    };

    abstract Object of(long number);

    final @Nullable Object orNull(@Nullable Long number) {
        return number == null ? null : of(number);
    }

    /** A value as the suites compare it. */
    static String shown(@Nullable Object value) {
        return String.valueOf(value);
    }
}
