package io.tailrace.serde;

import io.tailrace.common.errors.SerializationException;
import io.tailrace.common.header.Headers;
import java.nio.ByteBuffer;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectReader;

/**
 * Reads a JSON document in UTF-8, by Jackson. Created by its name it takes the type from {@code json.key.type} or {@code
 * json.value.type}. May be shared by threads once it is configured.
 *
 * <p>An error names the type, what is wrong, where in the type, and the position in bytes. It never holds the document or
 * parts of it, and so has no cause: Jackson's messages quote what they found.
 *
 * @param <T> what is read
 */
public final class JsonDeserializer<T> implements Deserializer<T> {
    private @Nullable ObjectReader reader;
    private String typeName = "";

    /** To be configured. */
    public JsonDeserializer() {}

    public JsonDeserializer(Class<T> type) {
        this(JsonMappers.DEFAULT, JsonMappers.DEFAULT.constructType(type));
    }

    public JsonDeserializer(Class<T> type, ObjectMapper mapper) {
        this(mapper, mapper.constructType(type));
    }

    JsonDeserializer(ObjectMapper mapper, JavaType type) {
        reader = mapper.readerFor(type);
        typeName = type.toCanonical();
    }

    /** Sets the type, unless the constructor was given one. */
    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        if (reader == null) {
            JavaType type = JsonMappers.configuredType(configs, isKey);
            reader = JsonMappers.DEFAULT.readerFor(type);
            typeName = type.toCanonical();
        }
    }

    @Override
    public @Nullable T deserialize(String topic, byte @Nullable [] data) {
        return data == null ? null : read(topic, data, 0, data.length);
    }

    @Override
    public @Nullable T deserialize(String topic, Headers headers, @Nullable ByteBuffer data) {
        if (data == null) {
            return null;
        }
        if (data.hasArray()) {
            return read(topic, data.array(), data.arrayOffset() + data.position(), data.remaining());
        }
        return deserialize(topic, Buffers.copy(data));
    }

    private @Nullable T read(String topic, byte[] data, int from, int length) {
        ObjectReader typed = reader;
        if (typed == null) {
            throw new IllegalStateException("this JSON deserializer does not know its type: call configure first");
        }
        if (length == 0) {
            throw new SerializationException("cannot read " + typeName + " from JSON of topic '" + topic
                    + "': found 0 bytes, expected a document");
        }
        try {
            return typed.readValue(data, from, length);
        } catch (JacksonException e) {
            // No cause: its message quotes the document.
            throw new SerializationException("cannot read " + typeName + " from JSON of topic '" + topic + "': "
                    + JsonFault.describe(e) + JsonFault.position(e, length));
        }
    }
}
