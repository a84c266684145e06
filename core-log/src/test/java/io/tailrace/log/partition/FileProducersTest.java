package io.tailrace.log.partition;

import io.tailrace.log.storage.FileStorage;
import io.tailrace.log.storage.Storage;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

class FileProducersTest extends ProducersContract {
    @TempDir
    Path directory;

    private int opened;

    @Override
    Storage createStorage() {
        return FileStorage.open(directory.resolve(String.valueOf(++opened)));
    }

    @Override
    Storage restart(Storage storage) {
        return FileStorage.open(directory.resolve(String.valueOf(opened)));
    }
}
