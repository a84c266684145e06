package io.tailrace.log.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.errors.StorageException;
import org.junit.jupiter.api.Test;

class MemoryStorageTest extends StorageContract {

    @Override
    Storage create() {
        return new MemoryStorage();
    }

    @Override
    Storage openAgain(Storage first) {
        return ((MemoryStorage) first).reopen();
    }

    @Test
    void shouldKeepTheDeadFromWritingIntoTheLiving() {
        MemoryStorage first = new MemoryStorage();
        first.lock();
        StorageFile old = first.open("a", OpenMode.READ_WRITE);
        old.write(bytes("before"), 0);

        MemoryStorage second = first.reopen();
        second.lock();

        assertThatThrownBy(() -> old.write(bytes("after!"), 0)).isInstanceOf(StorageException.class);
        assertThat(second.readAllBytes("a")).asString().isEqualTo("before");
    }

    @Test
    void shouldHaveNoDirectory() {
        assertThat(storage.directory()).isEmpty();
    }
}
