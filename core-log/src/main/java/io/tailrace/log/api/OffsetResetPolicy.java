package io.tailrace.log.api;

import java.time.Duration;
import java.time.format.DateTimeParseException;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a consumer starts when it has no valid position: Kafka's {@code auto.offset.reset}.
 *
 * @param duration of {@link Strategy#BY_DURATION} only, zero or more
 */
public record OffsetResetPolicy(Strategy strategy, Optional<Duration> duration) {

    /** The kinds of policies. */
    public enum Strategy {
        EARLIEST,
        LATEST,
        BY_DURATION,
        NONE
    }

    /** At the first record that is still there. */
    public static final OffsetResetPolicy EARLIEST = of(Strategy.EARLIEST);

    /** Behind the last record: only what comes from now on. */
    public static final OffsetResetPolicy LATEST = of(Strategy.LATEST);

    /** Nowhere: fail, and let the caller seek. */
    public static final OffsetResetPolicy NONE = of(Strategy.NONE);

    private static final String BY_DURATION_PREFIX = "by_duration:";

    public OffsetResetPolicy {
        if ((strategy == Strategy.BY_DURATION) != duration.isPresent()) {
            throw new IllegalArgumentException(
                    "offset reset " + strategy + " with duration " + duration + ", expected one with by_duration only");
        }
        if (duration.isPresent() && duration.get().isNegative()) {
            throw new IllegalArgumentException(
                    "offset reset by duration " + duration.get() + ", expected zero or more");
        }
    }

    private static OffsetResetPolicy of(Strategy strategy) {
        return new OffsetResetPolicy(strategy, Optional.empty());
    }

    /**
     * At the first record whose timestamp is not older than now less this; behind the last record when all are older (KIP-1106).
     *
     * @param age zero or more
     */
    public static OffsetResetPolicy byDuration(Duration age) {
        return new OffsetResetPolicy(Strategy.BY_DURATION, Optional.of(age));
    }

    /**
     * Reads Kafka's notation: {@code earliest}, {@code latest}, {@code none} or {@code by_duration:} with an ISO-8601 duration
     * such as {@code P3D} or {@code PT1H30M}.
     *
     * @throws IllegalArgumentException when it is none of these
     */
    public static OffsetResetPolicy parse(String text) {
        try {
            return switch (text) {
                case "earliest" -> EARLIEST;
                case "latest" -> LATEST;
                case "none" -> NONE;
                default -> byDuration(Duration.parse(afterPrefix(text)));
            };
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException(
                    "offset reset '" + text + "', expected earliest, latest, none or by_duration:<ISO-8601 duration>",
                    e);
        }
    }

    private static String afterPrefix(String text) {
        return text.startsWith(BY_DURATION_PREFIX) ? text.substring(BY_DURATION_PREFIX.length()) : "";
    }

    /** In the notation that {@link #parse} reads. */
    @Override
    public String toString() {
        return duration.map(age -> BY_DURATION_PREFIX + age)
                .orElse(strategy.name().toLowerCase(Locale.ROOT));
    }
}
