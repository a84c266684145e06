package io.tailrace.common.config;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The config types of numbers, text, durations, lists and choices. Text is trimmed, as Kafka trims it. */
final class PlainTypes {
    static final ConfigType<String> STRING = new ConfigType.Plain<>("a string", PlainTypes::text, value -> value);
    static final ConfigType<Integer> INT = new ConfigType.Plain<>("an int", PlainTypes::toInt, String::valueOf);
    static final ConfigType<Long> LONG = new ConfigType.Plain<>("a long", PlainTypes::toLong, String::valueOf);
    static final ConfigType<Double> DOUBLE = new ConfigType.Plain<>("a number", PlainTypes::toDouble, String::valueOf);
    static final ConfigType<Boolean> BOOLEAN =
            new ConfigType.Plain<>("true or false", PlainTypes::toBoolean, String::valueOf);
    static final ConfigType<Duration> DURATION = new ConfigType.Plain<>(
            "a duration: a Duration, or a whole number of milliseconds",
            PlainTypes::toDuration,
            value -> String.valueOf(value.toMillis()));
    static final ConfigType<List<String>> LIST = new ConfigType.Plain<>(
            "a list: strings, or one string with commas between them",
            PlainTypes::toList,
            value -> String.join(",", value));

    private PlainTypes() {}

    /** A value of type {@code T} by its name, or the value itself. */
    static <T> ConfigType<T> choice(Class<T> type, Map<String, T> byName) {
        Map<String, T> choices = new LinkedHashMap<>(byName);
        return new ConfigType.Plain<>(
                "one of " + String.join(", ", choices.keySet()),
                value -> type.isInstance(value) && choices.containsValue(value)
                        ? type.cast(value)
                        : choices.get(text(value)),
                value -> choices.entrySet().stream()
                        .filter(entry -> entry.getValue().equals(value))
                        .map(Map.Entry::getKey)
                        .findFirst()
                        .orElseGet(value::toString));
    }

    private static @Nullable String text(Object value) {
        return value instanceof String text ? text.trim() : null;
    }

    private static @Nullable Integer toInt(Object value) {
        Long number = toLong(value);
        return number == null || number != number.intValue() ? null : (Integer) number.intValue();
    }

    private static @Nullable Long toLong(Object value) {
        if (value instanceof Long || value instanceof Integer || value instanceof Short || value instanceof Byte) {
            return ((Number) value).longValue();
        }
        String text = text(value);
        try {
            return text == null ? null : Long.valueOf(text);
        } catch (NumberFormatException e) {
            return null; // the caller's message says what was found and what is expected
        }
    }

    private static @Nullable Double toDouble(Object value) {
        if (value instanceof Number number && !(value instanceof BigDecimal) && !(value instanceof BigInteger)) {
            return finite(number.doubleValue());
        }
        String text = text(value);
        try {
            return text == null ? null : finite(Double.parseDouble(text));
        } catch (NumberFormatException e) {
            return null; // the caller's message says what was found and what is expected
        }
    }

    private static @Nullable Double finite(double number) {
        return Double.isFinite(number) ? (Double) number : null;
    }

    private static @Nullable Boolean toBoolean(Object value) {
        if (value instanceof Boolean flag) {
            return flag;
        }
        String text = text(value);
        if (text == null) {
            return null;
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> Boolean.TRUE;
            case "false" -> Boolean.FALSE;
            default -> null;
        };
    }

    private static @Nullable Duration toDuration(Object value) {
        if (value instanceof Duration duration) {
            return fitsMillis(duration) ? duration : null;
        }
        Long millis = toLong(value);
        return millis == null ? null : Duration.ofMillis(millis);
    }

    private static boolean fitsMillis(Duration duration) {
        return duration.compareTo(Duration.ofMillis(Long.MIN_VALUE)) >= 0
                && duration.compareTo(Duration.ofMillis(Long.MAX_VALUE)) <= 0;
    }

    private static @Nullable List<String> toList(Object value) {
        String text = text(value);
        if (text != null) {
            return text.isEmpty() ? List.of() : List.copyOf(Arrays.asList(text.split("\\s*,\\s*", -1)));
        }
        if (!(value instanceof List<?> elements)) {
            return null;
        }
        List<String> strings = new ArrayList<>(elements.size());
        for (Object element : elements) {
            if (!(element instanceof String string)) {
                return null;
            }
            strings.add(string);
        }
        return List.copyOf(strings);
    }
}
