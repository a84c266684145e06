package io.tailrace.log;

import io.tailrace.log.storage.MemoryStorage;

/** A log in memory. */
class MemoryLogTest extends LogContracts {
    @Override
    LogHome home() {
        return new LogHome() {
            private MemoryStorage storage = new MemoryStorage();

            @Override
            public EmbeddedLog open(LogOptions options) {
                storage = storage.reopen();
                return EmbeddedLog.open(storage, options);
            }
        };
    }
}
