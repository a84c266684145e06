package io.tailrace.runtime.config;

import io.tailrace.common.config.ConfigException;
import io.tailrace.common.config.ConfigKey;
import io.tailrace.serde.Serde;
import java.util.Map;
import java.util.Optional;

/**
 * Makes what a configuration names by its class: a new one each time, configured with all that was given; an instance is taken as
 * it is. Immutable, for any thread.
 */
final class PlugIns {
    private final Map<String, Object> configs;

    /** @param configs as they were given, unparsed */
    PlugIns(Map<String, Object> configs) {
        this.configs = configs;
    }

    <T> Optional<T> find(ConfigKey<T> key) {
        Object given = configs.get(key.name());
        return given == null ? Optional.empty() : Optional.of(key.parse(given, configs));
    }

    /** @param fallback taken when the key is not set */
    <T> T get(ConfigKey<T> key, Class<? extends T> fallback) {
        Object given = configs.get(key.name());
        return key.parse(given == null ? fallback : given, configs);
    }

    /** @throws ConfigException when none was configured */
    @SuppressWarnings("rawtypes") // the key's type is a class literal's
    Serde<?> serde(ConfigKey<Serde> key, boolean isKey) {
        Object given = configs.get(key.name());
        if (given == null) {
            throw new ConfigException("config '" + key.name() + "' is not set, but a " + (isKey ? "key" : "value")
                    + " serde is needed where the topology gives none: set it, or give the serde in the topology");
        }
        Serde<?> serde = key.parse(given, configs);
        if (serde != given) {
            serde.configure(configs, isKey);
        }
        return serde;
    }
}
