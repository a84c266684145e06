package io.tailrace.runtime.manifest;

import io.tailrace.common.json.Json;
import io.tailrace.serde.Serializer;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Writes a manifest as JSON with the names of its parts. Any thread. */
final class ManifestSerializer implements Serializer<TopologyManifest> {
    @Override
    public byte @Nullable [] serialize(String topic, @Nullable TopologyManifest manifest) {
        if (manifest == null) {
            return null;
        }
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("format", manifest.format());
        fields.put(
                "stores",
                manifest.stores().stream().map(ManifestSerializer::fields).toList());
        fields.put(
                "repartitionTopics",
                manifest.repartitionTopics().stream()
                        .map(repartition -> Map.of("name", repartition.name(), "partitions", repartition.partitions()))
                        .toList());
        return Json.write(fields);
    }

    private static Map<String, @Nullable Object> fields(TopologyManifest.Store store) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("name", store.name());
        fields.put("kind", store.kind());
        fields.put("global", store.global());
        fields.put("logged", store.logged());
        fields.put("persistent", store.persistent());
        fields.put("subtopology", store.subtopology());
        fields.put("partitions", store.partitions());
        fields.put("changelogId", store.changelogId());
        return fields;
    }
}
