package io.tailrace.runtime.manifest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.errors.SerializationException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ManifestJsonTest {
    private static final TopologyManifest MANIFEST = new TopologyManifest(
            TopologyManifest.FORMAT,
            List.of(
                    new TopologyManifest.Store("counts", "key-value", false, true, true, 1, 4, "id"),
                    new TopologyManifest.Store("names", "key-value", true, false, false, 0, 1, null)),
            List.of(new TopologyManifest.Topic("app-by-name-repartition", 4)));

    private final ManifestDeserializer deserializer = new ManifestDeserializer();

    @Test
    void shouldReadWhatItWrites() {
        byte[] json = new ManifestSerializer().serialize("topic", MANIFEST);

        assertThat(deserializer.deserialize("topic", json)).isEqualTo(MANIFEST);
        assertThat(deserializer.deserialize("topic", null)).isNull();
    }

    @Test
    void shouldTellTheFormatOfANewerManifest() {
        TopologyManifest newer = deserializer.deserialize("topic", bytes("{\"format\": 7, \"stores\": \"many\"}"));

        assertThat(newer).isEqualTo(new TopologyManifest(7, List.of(), List.of()));
    }

    @Test
    void shouldShowWhatItCannotRead() {
        for (String json : List.of("", "[]", "{\"format\": 1}", "{\"format\": 1, \"stores\": [1]}", "no JSON")) {
            assertThatThrownBy(() -> deserializer.deserialize("topologies", bytes(json)))
                    .isInstanceOf(SerializationException.class)
                    .hasMessageContaining("topologies")
                    .hasMessageContaining(json);
        }
    }

    private static byte[] bytes(String json) {
        return json.getBytes(UTF_8);
    }
}
