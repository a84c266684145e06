package io.tailrace.serde;

import io.tailrace.common.header.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a string as UTF-8, or in the encoding that {@code key.deserializer.encoding}, {@code value.deserializer.encoding} or
 * {@code deserializer.encoding} names. Bytes that are malformed in it become the replacement character, as with Kafka.
 */
public class StringDeserializer implements Deserializer<String> {
    private Charset charset = StandardCharsets.UTF_8;

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        charset = Encodings.from(configs, isKey, "deserializer");
    }

    @Override
    public @Nullable String deserialize(String topic, byte @Nullable [] data) {
        return data == null ? null : new String(data, charset);
    }

    @Override
    public @Nullable String deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        return data == null ? null : Encodings.decode(data, charset);
    }
}
