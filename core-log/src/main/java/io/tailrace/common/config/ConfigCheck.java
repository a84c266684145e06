package io.tailrace.common.config;

import java.time.Duration;
import java.util.Collection;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;

/**
 * A rule for the value of a {@link ConfigKey}, beyond its type.
 *
 * @param expectation completes "expected an int, ...", for example {@code "at least 14"}
 * @param holds must have no side effect
 */
public record ConfigCheck<T>(String expectation, Predicate<? super T> holds) {
    public static <T extends Comparable<T>> ConfigCheck<T> atLeast(T least) {
        return new ConfigCheck<>("at least " + show(least), value -> value.compareTo(least) >= 0);
    }

    /** From {@code least} to {@code most}, both included. */
    public static <T extends Comparable<T>> ConfigCheck<T> between(T least, T most) {
        return new ConfigCheck<>(
                "from " + show(least) + " to " + show(most),
                value -> value.compareTo(least) >= 0 && value.compareTo(most) <= 0);
    }

    public static ConfigCheck<String> oneOf(String... choices) {
        Set<String> allowed = Set.of(choices);
        return new ConfigCheck<>("one of " + String.join(", ", choices), allowed::contains);
    }

    /** Every entry of the list is one of these. */
    public static ConfigCheck<Collection<String>> eachOneOf(String... choices) {
        Set<String> allowed = Set.of(choices);
        return new ConfigCheck<>(
                "each one of " + String.join(", ", new TreeSet<>(allowed)), values -> allowed.containsAll(values));
    }

    public static ConfigCheck<String> notBlank() {
        return new ConfigCheck<>("not blank", value -> !value.isBlank());
    }

    private static String show(Object limit) {
        return limit instanceof Duration duration ? duration.toMillis() + " ms" : limit.toString();
    }
}
