package io.tailrace.log.partition;

import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.log.storage.Storage;

class MemoryProducersTest extends ProducersContract {

    @Override
    Storage createStorage() {
        return new MemoryStorage();
    }

    @Override
    Storage restart(Storage storage) {
        return ((MemoryStorage) storage).reopen();
    }
}
