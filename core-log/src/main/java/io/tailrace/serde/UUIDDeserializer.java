package io.tailrace.serde;

import io.tailrace.common.errors.SerializationException;
import io.tailrace.common.header.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Reads a UUID from its 36 characters, encoded as {@link StringDeserializer} does and with the same config keys.
 */
public class UUIDDeserializer implements Deserializer<UUID> {
    private Charset charset = StandardCharsets.UTF_8;

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        charset = Encodings.from(configs, isKey, "deserializer");
    }

    @Override
    public @Nullable UUID deserialize(String topic, byte @Nullable [] data) {
        return data == null ? null : parse(new String(data, charset), data.length);
    }

    @Override
    public @Nullable UUID deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        return data == null ? null : parse(Encodings.decode(data, charset), data.remaining());
    }

    private UUID parse(String text, int foundBytes) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            // The JDK's message quotes the text, which is payload: it is left out, and with it the cause.
            throw new SerializationException("cannot read UUID: found " + foundBytes + " bytes that are not a UUID in "
                    + charset + ", expected 36 characters");
        }
    }
}
