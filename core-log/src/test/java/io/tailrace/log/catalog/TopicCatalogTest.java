package io.tailrace.log.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.errors.StorageException;
import io.tailrace.common.errors.TopicExistsException;
import io.tailrace.common.errors.UnknownTopicOrPartitionException;
import io.tailrace.log.storage.MemoryStorage;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TopicCatalogTest {

    private MemoryStorage storage = new MemoryStorage();

    @Test
    void shouldKeepTopicsAcrossOpens() {
        TopicEntry topic = topic("flights", 3, Map.of("segment.bytes", "4096"));
        TopicCatalog.open(storage).create(topic);

        assertThat(TopicCatalog.open(storage).topics()).containsExactly(topic);
    }

    @Test
    void shouldRefuseANameThatIsTaken() {
        TopicCatalog catalog = TopicCatalog.open(storage);
        catalog.create(topic("flights", 3, Map.of()));

        assertThatThrownBy(() -> catalog.create(topic("flights", 1, Map.of())))
                .isInstanceOf(TopicExistsException.class);
        assertThat(catalog.topics()).hasSize(1);
    }

    @Test
    void shouldRefuseToDeleteWhatIsNotThere() {
        TopicCatalog catalog = TopicCatalog.open(storage);

        assertThatThrownBy(() -> catalog.delete("flights")).isInstanceOf(UnknownTopicOrPartitionException.class);
    }

    @Test
    void shouldRemoveTheDirectoriesOfADeletedTopicOnly() {
        TopicCatalog catalog = TopicCatalog.open(storage);
        catalog.create(topic("a", 2, Map.of()));
        storage.createDirectories("a-0");
        storage.createDirectories("a-1-0"); // of a topic named a-1
        catalog.delete("a");
        catalog.finishDeletions();

        assertThat(storage.exists("a-0")).isFalse();
        assertThat(storage.exists("a-1-0")).isTrue();
        assertThat(TopicCatalog.open(storage).topics()).isEmpty();
    }

    @Test
    void shouldReplaceATopicByOneWithMorePartitionsOrOtherConfigs() {
        TopicCatalog catalog = TopicCatalog.open(storage);
        TopicEntry topic = topic("a", 2, Map.of());
        catalog.create(topic);
        storage.createDirectories("a-0");
        TopicEntry changed = topic.withPartitions(3).withConfigs(Map.of("segment.bytes", "4096"));
        catalog.replace(changed);

        assertThat(TopicCatalog.open(storage).topics()).containsExactly(changed);
        storage.createDirectories("a-3");
        assertThatThrownBy(() -> catalog.replace(changed.withPartitions(4)))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("a-3");
        assertThatThrownBy(() -> catalog.replace(topic("none", 1, Map.of())))
                .isInstanceOf(UnknownTopicOrPartitionException.class);
        assertThat(catalog.topics()).containsExactly(changed);
    }

    @Test
    void shouldFinishADeletionThatACrashInterrupted() {
        TopicCatalog catalog = TopicCatalog.open(storage);
        catalog.create(topic("a", 2, Map.of()));
        storage.createDirectories("a-0");
        storage.createDirectories("a-1");
        catalog.delete("a");
        storage = storage.reopen(); // killed before the directories were removed

        assertThat(storage.exists("a-1")).isTrue();
        TopicCatalog.open(storage);
        assertThat(storage.exists("a-0")).isFalse();
        assertThat(storage.exists("a-1")).isFalse();
    }

    @Test
    void shouldRefuseATopicWhoseDirectoryIsThereAlready() {
        TopicCatalog catalog = TopicCatalog.open(storage);
        storage.createDirectories("a-1");

        assertThatThrownBy(() -> catalog.create(topic("a", 2, Map.of())))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("a-1")
                .hasMessageContaining("topics.json");
        assertThat(catalog.topics()).isEmpty();
    }

    @Test
    void shouldNameTheVersionItDoesNotRead() {
        write("{\"formatVersion\": 2, \"subjects\": []}");

        assertThatThrownBy(() -> TopicCatalog.open(storage))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("topics.json")
                .hasMessageContaining("format version 2, this release reads 1");
    }

    @Test
    void shouldRefuseAFileThatIsDamaged() {
        TopicCatalog.open(storage).create(topic("a", 2, Map.of()));
        byte[] bytes = storage.readAllBytes("topics.json");
        String text = new String(bytes, StandardCharsets.UTF_8);

        for (int length = 0; length < text.length(); length++) {
            write(text.substring(0, length));
            assertThatThrownBy(() -> TopicCatalog.open(storage))
                    .as("the first %d characters", length)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("topics.json");
        }
        write(text + "{}");
        assertThatThrownBy(() -> TopicCatalog.open(storage)).isInstanceOf(StorageException.class);
        write(text.replace("\"partitions\" : 2", "\"partitions\" : 0"));
        assertThatThrownBy(() -> TopicCatalog.open(storage))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("checksum");
        write("{\"formatVersion\": 1}");
        assertThatThrownBy(() -> TopicCatalog.open(storage))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("field checksum: found nothing, expected a string");
        write("[1]");
        assertThatThrownBy(() -> TopicCatalog.open(storage))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("JSON object");
    }

    @Test
    void shouldRefuseAFileThatIsWholeButSenseless() {
        JsonFile file = new JsonFile(storage, "topics.json", 1);
        file.write(Map.of());
        assertThatThrownBy(() -> TopicCatalog.open(storage))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("field topics: found nothing, expected an array");
        file.write(Map.of("topics", List.of(fields("a/b", 1)), "deleting", List.of()));
        assertThatThrownBy(() -> TopicCatalog.open(storage))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("a/b");
        file.write(Map.of("topics", List.of(fields("a", 0)), "deleting", List.of()));
        assertThatThrownBy(() -> TopicCatalog.open(storage))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("partitions 0");
    }

    private static Map<String, Object> fields(String name, int partitions) {
        return Map.of("name", name, "id", UUID.randomUUID().toString(), "partitions", partitions, "configs", Map.of());
    }

    @Test
    void shouldRefuseEveryCharacterThatIsAnotherOne() {
        TopicCatalog.open(storage).create(topic("ab", 23, Map.of("segment.bytes", "4096")));
        byte[] bytes = storage.readAllBytes("topics.json");
        for (int i = 0; i < bytes.length; i++) {
            byte[] flipped = bytes.clone();
            flipped[i] ^= 1;
            storage.writeAtomically("topics.json", flipped);
            assertThatThrownBy(() -> TopicCatalog.open(storage))
                    .as("byte %d", i)
                    .isInstanceOf(StorageException.class)
                    .hasMessageContaining("topics.json");
        }
    }

    @Test
    void shouldReadWithoutFinishingDeletions() {
        TopicCatalog catalog = TopicCatalog.open(storage);
        catalog.create(topic("a", 2, Map.of()));
        storage.createDirectories("a-0");
        catalog.delete("a");

        TopicCatalog read = TopicCatalog.read(storage);
        assertThat(read.topics()).isEmpty();
        assertThat(read.deleting()).extracting(TopicEntry::name).containsExactly("a");
        assertThat(storage.exists("a-0")).isTrue();
    }

    private void write(String text) {
        storage.writeAtomically("topics.json", text.getBytes(StandardCharsets.UTF_8));
    }

    private static TopicEntry topic(String name, int partitions, Map<String, String> configs) {
        return new TopicEntry(name, UUID.randomUUID(), partitions, configs);
    }
}
