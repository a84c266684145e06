package io.tailrace.serde;

import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.ObjectMapper;

/**
 * Keys and values as JSON documents in UTF-8, by Jackson: records, classes, collections, maps. Null is no document but null
 * bytes, so it stays a tombstone. May be shared by threads.
 *
 * <p>Created by its name it takes the type from {@code json.key.type} or {@code json.value.type}, a class or its name.
 *
 * @param <T> what is written and read
 */
public final class JsonSerde<T> extends Serdes.WrapperSerde<T> {
    private final boolean immutable;

    /** To be configured. */
    public JsonSerde() {
        super(new JsonSerializer<>(), new JsonDeserializer<>());
        immutable = false; // not known yet
    }

    private JsonSerde(ObjectMapper mapper, JavaType type) {
        super(new JsonSerializer<>(mapper, type), new JsonDeserializer<>(mapper, type));
        immutable = ImmutableTypes.contains(type.getRawClass());
    }

    public static <T> JsonSerde<T> of(Class<T> type) {
        return of(type, JsonMappers.DEFAULT);
    }

    public static <T> JsonSerde<T> of(Class<T> type, ObjectMapper mapper) {
        return new JsonSerde<>(mapper, mapper.constructType(type));
    }

    /** For types with parameters: {@code JsonSerde.of(new TypeReference<List<Flight>>() {})}. */
    public static <T> JsonSerde<T> of(TypeReference<T> type) {
        return of(type, JsonMappers.DEFAULT);
    }

    public static <T> JsonSerde<T> of(TypeReference<T> type, ObjectMapper mapper) {
        return new JsonSerde<>(mapper, mapper.constructType(type));
    }

    /** True for records of text, numbers, times, enums, UUIDs and such records, if they have no annotations. */
    @Override
    public boolean isImmutable() {
        return immutable;
    }
}
