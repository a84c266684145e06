package io.tailrace.common.config;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A configuration that was read and checked against its {@link ConfigSchema}. Immutable, for any thread. */
public final class ConfigValues {
    private final ConfigSchema schema;
    private final Map<ConfigKey<?>, Object> set;
    private final Map<String, Object> originals;

    ConfigValues(ConfigSchema schema, Map<ConfigKey<?>, Object> set, Map<String, Object> originals) {
        this.schema = schema;
        this.set = set;
        this.originals = originals;
    }

    /**
     * The value that was set, or the default.
     *
     * @throws ConfigException when there is neither
     */
    public <T> T get(ConfigKey<T> key) {
        return find(key)
                .orElseThrow(() -> new ConfigException(
                        "config '" + key.name() + "' is not set and has no default, expected " + key.expectation()));
    }

    /** The value that was set, or the default, or nothing. */
    public <T> Optional<T> find(ConfigKey<T> key) {
        if (schema.find(key.name()).orElse(null) != key) {
            throw new IllegalArgumentException(
                    "config key '" + key.name() + "' is not one of this configuration's schema");
        }
        @SuppressWarnings("unchecked") // what is stored under a key was parsed by it
        @Nullable
        T value = (T) set.get(key);
        return value == null ? key.defaultValue() : Optional.of(value);
    }

    /** Whether the configuration names the key; otherwise its default applies. */
    public boolean isSet(ConfigKey<?> key) {
        return set.containsKey(key);
    }

    /** What was given, unparsed; for plug-ins. */
    public Map<String, Object> originals() {
        return originals;
    }

    /** The configs under a prefix, the prefix taken off. */
    public static Map<String, Object> withPrefix(Map<String, Object> configs, String prefix) {
        Map<String, Object> matching = new LinkedHashMap<>();
        configs.forEach((name, value) -> {
            if (name.startsWith(prefix)) {
                matching.put(name.substring(prefix.length()), value);
            }
        });
        return matching;
    }

    /** One line {@code name = value} per key that has a value, defaults marked: to be logged at start. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        for (ConfigKey<?> key : schema.keys()) {
            find(key).ifPresent(value -> text.append(key.name())
                    .append(" = ")
                    .append(key.print(value))
                    .append(isSet(key) ? "\n" : " (default)\n"));
        }
        originals.forEach((name, value) -> {
            if (schema.find(name).isEmpty()) {
                text.append(name).append(" = ").append(value).append("\n");
            }
        });
        return text.toString();
    }
}
