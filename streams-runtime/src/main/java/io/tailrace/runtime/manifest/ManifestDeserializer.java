package io.tailrace.runtime.manifest;

import io.tailrace.common.errors.SerializationException;
import io.tailrace.common.json.Json;
import io.tailrace.serde.Deserializer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what {@link ManifestSerializer} writes; of another format only the number of the format. Any thread. */
final class ManifestDeserializer implements Deserializer<TopologyManifest> {
    @Override
    public @Nullable TopologyManifest deserialize(String topic, byte @Nullable [] data) {
        if (data == null) {
            return null;
        }
        try {
            return manifest(fields(Json.read(data)));
        } catch (RuntimeException e) { // of Jackson, a cast below, or a missing field
            throw new SerializationException(
                    "a record of " + topic + " is not the manifest of a topology: " + e + "; found "
                            + new String(data, StandardCharsets.UTF_8),
                    e);
        }
    }

    private static TopologyManifest manifest(Map<?, ?> fields) {
        int format = number(fields, "format");
        if (format != TopologyManifest.FORMAT) {
            return new TopologyManifest(format, List.of(), List.of());
        }
        List<TopologyManifest.Store> stores = new ArrayList<>();
        for (Object store : list(fields, "stores")) {
            stores.add(store(fields(store)));
        }
        List<TopologyManifest.Topic> topics = new ArrayList<>();
        for (Object topic : list(fields, "repartitionTopics")) {
            topics.add(new TopologyManifest.Topic(text(fields(topic), "name"), number(fields(topic), "partitions")));
        }
        return new TopologyManifest(format, stores, topics);
    }

    private static TopologyManifest.Store store(Map<?, ?> fields) {
        return new TopologyManifest.Store(
                text(fields, "name"),
                text(fields, "kind"),
                truth(fields, "global"),
                truth(fields, "logged"),
                truth(fields, "persistent"),
                number(fields, "subtopology"),
                number(fields, "partitions"),
                (String) fields.get("changelogId"));
    }

    private static Map<?, ?> fields(Object object) {
        return (Map<?, ?>) object;
    }

    private static List<?> list(Map<?, ?> fields, String name) {
        return (List<?>) required(fields, name);
    }

    private static String text(Map<?, ?> fields, String name) {
        return (String) required(fields, name);
    }

    private static int number(Map<?, ?> fields, String name) {
        return (Integer) required(fields, name);
    }

    private static boolean truth(Map<?, ?> fields, String name) {
        return (Boolean) required(fields, name);
    }

    private static Object required(Map<?, ?> fields, String name) {
        Object value = fields.get(name);
        if (value == null) {
            throw new IllegalArgumentException("field " + name + " is missing");
        }
        return value;
    }
}
