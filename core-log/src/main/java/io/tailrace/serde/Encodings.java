package io.tailrace.serde;

import io.tailrace.common.config.ConfigException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.StandardCharsets;
import java.nio.charset.UnsupportedCharsetException;
import java.util.Map;

/** Which character encoding text serializers use: UTF-8, or what Kafka's config keys say. */
final class Encodings {
    private Encodings() {}

    /**
     * Reads {@code key.<role>.encoding} or {@code value.<role>.encoding}, then {@code <role>.encoding}.
     *
     * @param role {@code "serializer"} or {@code "deserializer"}
     */
    static Charset from(Map<String, ?> configs, boolean isKey, String role) {
        String name = (isKey ? "key." : "value.") + role + ".encoding";
        Object value = configs.get(name);
        if (value == null) {
            name = role + ".encoding";
            value = configs.get(name);
        }
        if (value == null) {
            return StandardCharsets.UTF_8;
        }
        if (!(value instanceof String text)) {
            throw new ConfigException(name, value, "expected the name of a character encoding, such as UTF-8");
        }
        try {
            return Charset.forName(text);
        } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
            throw new ConfigException(
                    name, value, "this JVM has no such character encoding; expected one such as UTF-8", e);
        }
    }

    /** The text between position and limit, decoded without a copy where the buffer has an array. */
    static String decode(ByteBuffer data, Charset charset) {
        return data.hasArray()
                ? new String(data.array(), data.arrayOffset() + data.position(), data.remaining(), charset)
                : charset.decode(data.duplicate()).toString();
    }
}
