package io.tailrace.storesuite;

import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.state.AggregationWithHeaders;
import io.tailrace.state.ValueAndTimestamp;
import io.tailrace.state.ValueTimestampHeaders;
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
    },
    TIMESTAMPED_HEADERS {
        @Override
        Object of(long number) {
            return Objects.requireNonNull(ValueTimestampHeaders.make(number, 1_000_000 + number, headers(number)));
        }
    },
    HEADERS {
        @Override
        Object of(long number) {
            return Objects.requireNonNull(AggregationWithHeaders.make(number, headers(number)));
        }
    };

    /** None, one, or several with values of all lengths. */
    private static Headers headers(long number) {
        RecordHeaders headers = new RecordHeaders();
        for (long left = Math.floorMod(number, 4); left > 0; left--) {
            headers.add("h" + left, left == 2 ? null : new byte[(int) (left * left * 23 % 200)]);
        }
        return headers;
    }

    abstract Object of(long number);

    final @Nullable Object orNull(@Nullable Long number) {
        return number == null ? null : of(number);
    }

    /** A value as the suites compare it. */
    static String shown(@Nullable Object value) {
        return String.valueOf(value);
    }
}
