package io.tailrace.serde;

import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a string as UTF-8, or in the encoding that {@code key.serializer.encoding}, {@code value.serializer.encoding} or
 * {@code serializer.encoding} names.
 */
public class StringSerializer implements Serializer<String> {
    private Charset charset = StandardCharsets.UTF_8;

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        charset = Encodings.from(configs, isKey, "serializer");
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable String data) {
        return data == null ? null : data.getBytes(charset);
    }
}
