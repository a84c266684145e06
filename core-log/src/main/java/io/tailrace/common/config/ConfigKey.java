package io.tailrace.common.config;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One key of a configuration: its name, the type of its values, a default, rules and a sentence for people. Immutable; each
 * step returns a new key:
 *
 * <pre>{@code
 * static final ConfigKey<Integer> SEGMENT_BYTES = ConfigKey.intNumber("segment.bytes")
 *         .defaultTo(1 << 30)
 *         .check(atLeast(14))
 *         .doc("size in bytes at which a segment is closed and the next one begins");
 * }</pre>
 *
 * <p>A key without a default is optional unless it is {@link #required()}. Two keys are the same only if they are the same
 * object, so a key is kept in a constant.
 *
 * @param <T> type of the value
 */
public final class ConfigKey<T> {
    private final String name;
    private final ConfigType<T> type;
    private final @Nullable T defaultValue;
    private final boolean required;
    private final List<ConfigCheck<? super T>> checks;
    private final String doc;

    private ConfigKey(
            String name,
            ConfigType<T> type,
            @Nullable T defaultValue,
            boolean required,
            List<ConfigCheck<? super T>> checks,
            String doc) {
        this.name = name;
        this.type = type;
        this.defaultValue = defaultValue;
        this.required = required;
        this.checks = checks;
        this.doc = doc;
    }

    private static <T> ConfigKey<T> of(String name, ConfigType<T> type) {
        return new ConfigKey<>(
                Objects.requireNonNull(name, "a config key needs a name"), type, null, false, List.of(), "");
    }

    public static ConfigKey<String> string(String name) {
        return of(name, PlainTypes.STRING);
    }

    public static ConfigKey<Integer> intNumber(String name) {
        return of(name, PlainTypes.INT);
    }

    public static ConfigKey<Long> longNumber(String name) {
        return of(name, PlainTypes.LONG);
    }

    public static ConfigKey<Double> doubleNumber(String name) {
        return of(name, PlainTypes.DOUBLE);
    }

    public static ConfigKey<Boolean> bool(String name) {
        return of(name, PlainTypes.BOOLEAN);
    }

    /** In maps a {@link Duration}, or a whole number of milliseconds; may be negative unless a check forbids it. */
    public static ConfigKey<Duration> duration(String name) {
        return of(name, PlainTypes.DURATION);
    }

    /** In maps a list of strings, or one string with commas between them. */
    public static ConfigKey<List<String>> list(String name) {
        return of(name, PlainTypes.LIST);
    }

    /** One of the enum's constants, in maps also by its name in lower case with underscores as hyphens. */
    public static <E extends Enum<E>> ConfigKey<E> choice(String name, Class<E> type) {
        Map<String, E> choices = new LinkedHashMap<>();
        for (E constant : type.getEnumConstants()) {
            choices.put(constant.name().toLowerCase(Locale.ROOT).replace('_', '-'), constant);
        }
        return choice(name, type, choices);
    }

    /** One of the given values, in maps also by its name. */
    public static <T> ConfigKey<T> choice(String name, Class<T> type, Map<String, T> choices) {
        return of(name, PlainTypes.choice(type, choices));
    }

    /** In maps a class, or its name. */
    public static <T> ConfigKey<Class<? extends T>> classOf(String name, Class<T> base) {
        return of(name, new ClassTypes.ClassOf<>(base));
    }

    /**
     * In maps an instance, which is taken as it is; or a class, or its name: then an instance is created, and configured with
     * the whole map if it is {@link io.tailrace.common.Configurable}.
     */
    public static <T> ConfigKey<T> instanceOf(String name, Class<T> base) {
        return of(name, new ClassTypes.InstanceOf<>(base));
    }

    /** @throws IllegalArgumentException when the default breaks a check */
    public ConfigKey<T> defaultTo(T value) {
        return new ConfigKey<>(name, type, value, required, checks, doc).withValidDefault();
    }

    /** A configuration without this key is an error. */
    public ConfigKey<T> required() {
        return new ConfigKey<>(name, type, defaultValue, true, checks, doc);
    }

    /** @throws IllegalArgumentException when the default breaks the check */
    public ConfigKey<T> check(ConfigCheck<? super T> check) {
        List<ConfigCheck<? super T>> all = new ArrayList<>(checks);
        all.add(check);
        return new ConfigKey<>(name, type, defaultValue, required, List.copyOf(all), doc).withValidDefault();
    }

    /** @param sentence what the value decides, and its unit */
    public ConfigKey<T> doc(String sentence) {
        return new ConfigKey<>(name, type, defaultValue, required, checks, sentence);
    }

    private ConfigKey<T> withValidDefault() {
        if (defaultValue != null && !passes(defaultValue)) {
            throw new IllegalArgumentException("config key '" + name + "' has default " + type.print(defaultValue)
                    + ", expected " + expectation());
        }
        return this;
    }

    public String name() {
        return name;
    }

    public Optional<T> defaultValue() {
        return Optional.ofNullable(defaultValue);
    }

    public boolean isRequired() {
        return required;
    }

    public String doc() {
        return doc;
    }

    /** The type and the rules in words, for example {@code "an int, at least 14"}. */
    public String expectation() {
        StringBuilder text = new StringBuilder(type.expectation());
        for (ConfigCheck<? super T> check : checks) {
            text.append(", ").append(check.expectation());
        }
        return text.toString();
    }

    /**
     * Reads and checks one value.
     *
     * @param configs the whole configuration: what a created instance is configured with
     * @throws ConfigException when the value does not fit the type or breaks a check
     */
    public T parse(Object value, Map<String, ?> configs) {
        T parsed = type.read(name, value, configs);
        if (parsed == null || !passes(parsed)) {
            throw new ConfigException(name, value, "expected " + expectation());
        }
        return parsed;
    }

    private boolean passes(T value) {
        return checks.stream().allMatch(check -> check.holds().test(value));
    }

    /** The value as a configuration file would write it. */
    String print(Object value) {
        @SuppressWarnings("unchecked") // only called with what parse or defaultTo of this key gave
        T typed = (T) value;
        return type.print(typed);
    }

    @Override
    public String toString() {
        return name;
    }
}
