package io.tailrace.serde;

import io.tailrace.common.config.ConfigException;
import io.tailrace.common.config.ConfigKey;
import java.util.List;
import java.util.Map;

/** The config keys of a list serde that was created by its name, with Kafka's names. */
final class ListConfig {
    private ListConfig() {}

    /** The serde of the entries, new and configured. */
    static Serde<?> innerSerde(Map<String, ?> configs, boolean isKey) {
        String name = isKey ? "default.list.key.serde.inner" : "default.list.value.serde.inner";
        Serde<?> serde = ConfigKey.instanceOf(name, Serde.class)
                .doc("serde of a list's entries")
                .parse(required(configs, name), configs);
        serde.configure(configs, isKey);
        return serde;
    }

    static Class<? extends List<?>> listClass(Map<String, ?> configs, boolean isKey) {
        String name = isKey ? "default.list.key.serde.type" : "default.list.value.serde.type";
        @SuppressWarnings("unchecked") // a subclass of List is one of List<?>
        Class<? extends List<?>> listClass = (Class<? extends List<?>>) (Class<?>)
                ConfigKey.classOf(name, List.class).doc("class of a list").parse(required(configs, name), configs);
        return listClass;
    }

    private static Object required(Map<String, ?> configs, String name) {
        Object value = configs.get(name);
        if (value == null) {
            throw new ConfigException(
                    "config '" + name + "' is missing: a list serde that was created by its name needs it");
        }
        return value;
    }
}
