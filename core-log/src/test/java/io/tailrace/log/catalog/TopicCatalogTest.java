package io.tailrace.log.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.errors.StorageException;
import io.tailrace.common.errors.TopicExistsException;
import io.tailrace.common.errors.UnknownTopicOrPartitionException;
import io.tailrace.log.storage.MemoryStorage;
import java.nio.charset.StandardCharsets;
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
                .hasMessageContaining("partitions 0");
        write(text.replace("\"a\"", "\"a/b\""));
        assertThatThrownBy(() -> TopicCatalog.open(storage))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("a/b");
        write("{\"formatVersion\": 1}");
        assertThatThrownBy(() -> TopicCatalog.open(storage))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("field topics: found nothing, expected an array");
        write("[1]");
        assertThatThrownBy(() -> TopicCatalog.open(storage))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("JSON object");
    }

    private void write(String text) {
        storage.writeAtomically("topics.json", text.getBytes(StandardCharsets.UTF_8));
    }

    private static TopicEntry topic(String name, int partitions, Map<String, String> configs) {
        return new TopicEntry(name, UUID.randomUUID(), partitions, configs);
    }
}
