package io.tailrace.log.partition;

import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.log.storage.Storage;

class MemoryPartitionHistoryTest extends PartitionHistoryContract {

    @Override
    Storage createStorage() {
        return new MemoryStorage();
    }

    @Override
    Storage restart(Storage storage) {
        return ((MemoryStorage) storage).reopen();
    }
}
