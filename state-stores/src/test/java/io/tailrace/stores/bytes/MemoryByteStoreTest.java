package io.tailrace.stores.bytes;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryByteStoreTest extends ByteStoreContract {
    @Override
    protected ByteStore create() {
        return new MemoryByteStore("letters");
    }

    @Test
    void shouldNotBePersistent() {
        assertThat(store.persistent()).isFalse();
    }
}
