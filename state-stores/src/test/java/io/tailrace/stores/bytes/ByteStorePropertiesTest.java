package io.tailrace.stores.bytes;

import io.tailrace.stores.ScratchDirectory;
import io.tailrace.stores.TestContext;
import io.tailrace.stores.rocksdb.RocksByteStore;
import java.io.IOException;
import java.nio.file.Path;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

class ByteStorePropertiesTest {
    @Property(tries = 150)
    void shouldAgreeWithASortedMapInMemory(@ForAll long seed) {
        drive(new MemoryByteStore("letters"), Path.of("unused"), seed);
    }

    @Property(tries = 25)
    void shouldAgreeWithASortedMapInRocksDb(@ForAll long seed) throws IOException {
        try (ScratchDirectory stateDir = ScratchDirectory.create()) {
            drive(new RocksByteStore("letters"), stateDir.path(), seed);
        }
    }

    private static void drive(ByteStore store, Path stateDir, long seed) {
        store.init(new TestContext(stateDir), store);
        try {
            new ByteStoreModel(store, seed).run(120);
        } finally {
            store.close();
        }
    }
}
