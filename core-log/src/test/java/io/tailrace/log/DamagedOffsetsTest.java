package io.tailrace.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.StorageFile;
import java.nio.ByteBuffer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A damaged batch of committed offsets costs these offsets, not the log. */
class DamagedOffsetsTest {
    private static final TopicPartition PARTITION = new TopicPartition("t", 0);

    private MemoryStorage storage = new MemoryStorage();

    private EmbeddedLog open() {
        storage = storage.reopen();
        return EmbeddedLog.open(storage, LogOptions.DEFAULT);
    }

    @Test
    void shouldOpenWithTheCommitsThatAreIntact() {
        try (EmbeddedLog log = open()) {
            log.admin().createTopic(new NewTopic("t", 1));
            for (long offset : new long[] {5, 6, 7}) {
                log.admin().alterCommittedOffsets("g", Map.of(PARTITION, new OffsetAndMetadata(offset)));
            }
        }
        damageFirstBatch();
        try (EmbeddedLog log = open()) {
            assertThat(log.admin().committedOffsets("g")).containsEntry(PARTITION, new OffsetAndMetadata(7));
        }
    }

    private void damageFirstBatch() {
        storage = storage.reopen();
        for (String directory : storage.list("")) {
            String path = directory + "/00000000000000000000.log";
            if (directory.startsWith("__consumer_offsets-") && storage.exists(path)) {
                try (StorageFile file = storage.open(path, OpenMode.EXISTING)) {
                    file.write(ByteBuffer.allocate(1), 70);
                }
            }
        }
    }
}
