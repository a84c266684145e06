package io.tailrace.kstream;

import io.tailrace.common.config.ConfigException;
import io.tailrace.common.config.ConfigKey;
import io.tailrace.serde.Serde;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The layout of a windowed key, as Kafka Streams writes it.
 *
 * <pre>
 *   in a topic       key bytes | window start, 8 bytes, big-endian, epoch milliseconds
 *   in a changelog   key bytes | window start, 8 bytes             | sequence number, 4 bytes
 * </pre>
 *
 * <p>The end is not written, so a reader must know the size of the windows.
 */
final class WindowedKeys {
    static final int START_BYTES = Long.BYTES;
    static final int SEQUENCE_BYTES = Integer.BYTES;

    private WindowedKeys() {}

    /** The serde that a config key names, new; null when the key is not there. */
    static @Nullable Serde<?> innerSerde(String name, Map<String, ?> configs) {
        Object value = configs.get(name);
        if (value == null) {
            return null;
        }
        return ConfigKey.instanceOf(name, Serde.class)
                .doc("serde of the key inside a windowed key")
                .parse(value, configs);
    }

    static ConfigException missing(String name, String what) {
        return new ConfigException("config '" + name + "' is missing: " + what + " was created without it");
    }
}
