package io.tailrace.cli.tools;

import io.tailrace.log.api.OffsetReset;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.format.DateTimeParseException;
import org.jspecify.annotations.Nullable;

/** Places in partitions, as options name them. */
final class Places {
    static final String SYNTAX =
            "earliest, latest, offset:N or timestamp:T (milliseconds since 1970, or such as" + " 2026-01-31T12:00:00Z)";
    static final String RESET_SYNTAX =
            "earliest, latest, offset:N, timestamp:T, duration:D (such as PT1H, before now) or shift:N";

    private Places() {}

    /** Null when the text names none. */
    static @Nullable OffsetReset parse(String text) {
        if (text.equals("earliest")) {
            return OffsetReset.toEarliest();
        }
        if (text.equals("latest")) {
            return OffsetReset.toLatest();
        }
        int colon = text.indexOf(':');
        String value = text.substring(colon + 1);
        try {
            return switch (text.substring(0, Math.max(0, colon))) {
                case "offset" -> value.startsWith("-") ? null : OffsetReset.toOffset(Long.parseLong(value));
                case "timestamp" -> OffsetReset.toDatetime(instant(value));
                case "duration" -> OffsetReset.byDuration(Duration.parse(value));
                case "shift" -> OffsetReset.shiftBy(Long.parseLong(value));
                default -> null;
            };
        } catch (NumberFormatException | DateTimeParseException e) {
            return null;
        }
    }

    private static Instant instant(String text) {
        return text.matches("[0-9]{1,18}")
                ? Instant.ofEpochMilli(Long.parseLong(text))
                : OffsetDateTime.parse(text).toInstant();
    }
}
