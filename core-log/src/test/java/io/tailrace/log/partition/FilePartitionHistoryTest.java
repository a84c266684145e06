package io.tailrace.log.partition;

import io.tailrace.log.storage.FileStorage;
import io.tailrace.log.storage.Storage;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FilePartitionHistoryTest extends PartitionHistoryContract {
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
}
