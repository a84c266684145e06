package io.tailrace.log.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.log.record.Batches;
import io.tailrace.log.storage.FileStorage;
import io.tailrace.log.storage.Storage;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FilePartitionTest extends PartitionContract {
    @TempDir
    Path directory;

    @Override
    Storage createStorage() {
        return FileStorage.open(directory);
    }

    @Override
    Storage restart(Storage storage) {
        return FileStorage.open(directory);
    }

    @Test
    void shouldLeaveNothingButTheBatchInTheFile() throws Exception {
        partition.append(Batches.of(1000, "a"));
        byte[] file = Files.readAllBytes(directory.resolve("flights-0/00000000000000000000.log"));

        assertThat(file).isEqualTo(Batches.of(1000, "a").array());
    }
}
