package io.tailrace.cli.console;

import java.io.StringWriter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * A JSON object on one line, built field by field. Values: strings, numbers, booleans, null, lists, maps, other objects, {@link
 * Raw}. Owner: one thread.
 */
public final class JsonLine {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final Map<String, @Nullable Object> fields = new LinkedHashMap<>();

    /** Text that is JSON already. */
    public record Raw(String json) {}

    /** Adds a field behind the others. */
    public JsonLine put(String name, @Nullable Object value) {
        fields.put(name, value);
        return this;
    }

    /** Adds the fields of another object behind the others. */
    public JsonLine putAll(JsonLine other) {
        fields.putAll(other.fields);
        return this;
    }

    @Override
    public String toString() {
        StringWriter text = new StringWriter();
        try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), text)) {
            write(generator, fields);
        }
        return text.toString();
    }

    private static void write(JsonGenerator generator, @Nullable Object value) {
        if (value == null) {
            generator.writeNull();
        } else if (value instanceof JsonLine object) {
            write(generator, object.fields);
        } else if (value instanceof Map<?, ?> map) {
            generator.writeStartObject();
            map.forEach((name, field) -> {
                generator.writeName(String.valueOf(name));
                write(generator, field);
            });
            generator.writeEndObject();
        } else if (value instanceof List<?> list) {
            generator.writeStartArray();
            list.forEach(element -> write(generator, element));
            generator.writeEndArray();
        } else if (value instanceof Raw raw) {
            generator.writeRawValue(raw.json());
        } else if (value instanceof Boolean bool) {
            generator.writeBoolean(bool);
        } else if (value instanceof Double number) {
            generator.writeNumber(number);
        } else if (value instanceof Number number) {
            generator.writeNumber(number.longValue());
        } else {
            generator.writeString(value.toString());
        }
    }
}
