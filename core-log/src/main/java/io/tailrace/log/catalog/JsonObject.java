package io.tailrace.log.catalog;

import io.tailrace.common.errors.StorageException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An object of a JSON file; a field that is missing or of another type is an error that names the file. */
record JsonObject(String file, Map<?, ?> fields) {

    int integer(String name) {
        return field(name, Integer.class, "an integer");
    }

    /** An integer of any size; small ones are read as int. */
    long longInteger(String name) {
        Object value = fields.get(name);
        return value instanceof Integer small ? small : field(name, Long.class, "an integer");
    }

    String string(String name) {
        return field(name, String.class, "a string");
    }

    List<JsonObject> objects(String name) {
        List<JsonObject> objects = new ArrayList<>();
        for (Object element : field(name, List.class, "an array")) {
            objects.add(new JsonObject(file, cast(name, element, Map.class, "an array of objects")));
        }
        return objects;
    }

    Map<String, String> strings(String name) {
        Map<String, String> strings = new LinkedHashMap<>();
        Map<?, ?> found = field(name, Map.class, "an object");
        found.forEach((key, value) ->
                strings.put(String.valueOf(key), cast(name, value, String.class, "an object of strings")));
        return strings;
    }

    private <T> T field(String name, Class<T> type, String expected) {
        return cast(name, fields.get(name), type, expected);
    }

    private <T> T cast(String name, @Nullable Object value, Class<T> type, String expected) {
        if (!type.isInstance(value)) {
            String found = value == null ? "nothing" : value.toString();
            throw new StorageException(
                    file,
                    "field " + name + ": found " + found + ", expected " + expected
                            + "; restore the file from a backup");
        }
        return type.cast(value);
    }
}
