package io.tailrace.serde;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Writes a UUID as its 36 characters, encoded as {@link StringSerializer} does and with the same config keys. */
public class UUIDSerializer implements Serializer<UUID> {
    private Charset charset = StandardCharsets.UTF_8;

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        charset = Encodings.from(configs, isKey, "serializer");
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable UUID data) {
        return data == null ? null : data.toString().getBytes(charset);
    }
}
