package io.tailrace.serde;

import io.tailrace.common.errors.SerializationException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.ObjectWriter;

/**
 * Writes any object as a JSON document in UTF-8, by Jackson. Needs no configuration: created by its name it writes what the
 * object's own class says. May be shared by threads.
 *
 * @param <T> what is written
 */
public final class JsonSerializer<T> implements Serializer<T> {
    private final ObjectWriter writer;

    public JsonSerializer() {
        this(JsonMappers.DEFAULT);
    }

    public JsonSerializer(ObjectMapper mapper) {
        writer = mapper.writer();
    }

    /** Writes what the declared type says, which is needed for the type tags inside of generic types. */
    JsonSerializer(ObjectMapper mapper, JavaType type) {
        writer = mapper.writerFor(type);
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable T data) {
        if (data == null) {
            return null;
        }
        try {
            return writer.writeValueAsBytes(data);
        } catch (JacksonException e) {
            throw new SerializationException(
                    "cannot write " + data.getClass().getName() + " as JSON for topic '" + topic + "': "
                            + JsonFault.describe(e),
                    e);
        }
    }
}
