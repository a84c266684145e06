package io.tailrace.common.config;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Stream;

/**
 * The keys that a configuration may have, in the order in which they are described. Immutable.
 *
 * <p>Strict: a key that is not known is an error, with the nearest known one as suggestion. Keys under a passing prefix are
 * accepted for whoever reads them by {@link ConfigValues#withPrefix}, such as {@code "topic."} for the configs of topics
 * that are created.
 */
public final class ConfigSchema {
    private final Map<String, ConfigKey<?>> keys;
    private final Map<String, String> passingPrefixes; // prefix -> doc

    private ConfigSchema(Map<String, ConfigKey<?>> keys, Map<String, String> passingPrefixes) {
        this.keys = Collections.unmodifiableMap(keys);
        this.passingPrefixes = Collections.unmodifiableMap(passingPrefixes);
    }

    public static ConfigSchema of(ConfigKey<?>... keys) {
        return new ConfigSchema(Map.of(), Map.of()).and(keys);
    }

    /** This schema and more keys. */
    public ConfigSchema and(ConfigKey<?>... more) {
        Map<String, ConfigKey<?>> all = new LinkedHashMap<>(keys);
        for (ConfigKey<?> key : more) {
            if (all.putIfAbsent(key.name(), key) != null) {
                throw new IllegalArgumentException("config key '" + key.name() + "' is in the schema already");
            }
        }
        return new ConfigSchema(all, passingPrefixes);
    }

    /** This schema, and every key that starts with the prefix. */
    public ConfigSchema passing(String prefix, String doc) {
        if (prefix.isEmpty()) {
            throw new IllegalArgumentException("a passing prefix must not be empty, it would let every key pass");
        }
        Map<String, String> all = new LinkedHashMap<>(passingPrefixes);
        all.put(prefix, doc);
        return new ConfigSchema(keys, all);
    }

    public Collection<ConfigKey<?>> keys() {
        return keys.values();
    }

    public Optional<ConfigKey<?>> find(String name) {
        return Optional.ofNullable(keys.get(name));
    }

    /**
     * Reads a configuration. A null value counts as not set.
     *
     * @throws ConfigException at the first key that is unknown, missing or has a value that is not valid
     */
    public ConfigValues parse(Map<String, ?> configs) {
        Map<String, Object> originals = new LinkedHashMap<>();
        configs.forEach((name, value) -> {
            requireKnown(name);
            if (value != null) {
                originals.put(name, value);
            }
        });
        Map<String, Object> readable = Collections.unmodifiableMap(originals);
        Map<ConfigKey<?>, Object> set = new HashMap<>();
        for (ConfigKey<?> key : keys.values()) {
            Object value = originals.get(key.name());
            if (value != null) {
                set.put(key, key.parse(value, readable));
            } else if (key.isRequired() && key.defaultValue().isEmpty()) {
                throw new ConfigException("config '" + key.name() + "' is missing, expected " + key.expectation()
                        + (key.doc().isEmpty() ? "" : ": " + key.doc()));
            }
        }
        return new ConfigValues(this, Collections.unmodifiableMap(set), readable);
    }

    /** Reads a configuration from properties, their defaults included. Values need not be strings. */
    public ConfigValues parse(Properties properties) {
        Map<String, Object> configs = new LinkedHashMap<>();
        properties.stringPropertyNames().forEach(name -> configs.put(name, properties.getProperty(name)));
        properties.forEach((name, value) -> {
            if (!(name instanceof String text)) {
                throw new ConfigException(
                        "config key " + name + " is a " + name.getClass().getSimpleName() + ", expected a string");
            }
            configs.put(text, value);
        });
        return parse(configs);
    }

    private void requireKnown(String name) {
        if (keys.containsKey(name) || passingPrefixes.keySet().stream().anyMatch(name::startsWith)) {
            return;
        }
        String hint = Stream.concat(keys.keySet().stream(), passingPrefixes.keySet().stream())
                .filter(known -> EditDistance.isNear(name, known))
                .min((a, b) -> Integer.compare(EditDistance.between(name, a), EditDistance.between(name, b)))
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("");
        throw new ConfigException("config key '" + name + "' is unknown" + hint);
    }

    /** All keys for people: one paragraph per key with expectation, default and documentation. */
    public String describe() {
        List<String> paragraphs = new ArrayList<>();
        for (ConfigKey<?> key : keys.values()) {
            String fallback = key.defaultValue()
                    .map(value -> "default " + key.print(value))
                    .orElse(key.isRequired() ? "required" : "no default");
            paragraphs.add(paragraph(key.name(), key.doc(), key.expectation() + "; " + fallback));
        }
        passingPrefixes.forEach((prefix, doc) -> paragraphs.add(paragraph(prefix + "*", doc, "passed on")));
        return String.join("", paragraphs);
    }

    private static String paragraph(String name, String doc, String rule) {
        return name + "\n" + (doc.isEmpty() ? "" : "    " + doc + "\n") + "    " + rule + "\n";
    }

    @Override
    public String toString() {
        return "ConfigSchema" + keys.keySet();
    }
}
