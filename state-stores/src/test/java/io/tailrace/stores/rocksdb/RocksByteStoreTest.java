package io.tailrace.stores.rocksdb;

import static io.tailrace.stores.Entries.bytes;
import static io.tailrace.stores.Entries.drain;
import static io.tailrace.stores.Entries.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.Bytes;
import io.tailrace.errors.InvalidStateStoreException;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.stores.TestContext;
import io.tailrace.stores.bytes.ByteStore;
import io.tailrace.stores.bytes.ByteStoreContract;
import io.tailrace.stores.bytes.OrderedBytes;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RocksByteStoreTest extends ByteStoreContract {
    @Override
    protected ByteStore create() {
        return new RocksByteStore("letters");
    }

    @AfterEach
    void shouldLeaveNothingNative() {
        store.close();
        assertThat(RocksMemory.users()).isZero();
    }

    @Test
    void shouldShareOneInstancePerDirectory() {
        RocksByteStore other = new RocksByteStore("other");
        other.open(new TestContext(stateDir));
        assertThat(RocksMemory.users()).isEqualTo(1);
        other.put(key("a"), bytes("other"));
        other.commit(Map.of());
        assertThat(store.get(key("a"))).isNull();
        store.close();
        assertThat(drain(other.all())).containsExactly("a=other");
        other.close();
    }

    @Test
    void shouldKeepTheOffsetsOfTwoStoresApart() {
        RocksByteStore other = new RocksByteStore("lettersX");
        other.open(new TestContext(stateDir));
        store.commit(Map.of(TestContext.changelogOf("topic"), 1L));
        other.commit(Map.of(TestContext.changelogOf("topic"), 2L));
        assertThat(store.committedOffset(TestContext.changelogOf("topic"))).isEqualTo(1);
        assertThat(other.committedOffset(TestContext.changelogOf("topic"))).isEqualTo(2);
        other.close();
    }

    @Test
    void shouldRefuseToOpenAStoreTwice() {
        RocksByteStore twin = new RocksByteStore("letters");
        assertThatThrownBy(() -> twin.open(new TestContext(stateDir)))
                .hasMessageContaining("letters")
                .hasMessageContaining(stateDir.toString())
                .hasMessageContaining("state directory");
        assertThat(twin.isOpen()).isFalse();
        assertThatThrownBy(() -> store.open(new TestContext(stateDir))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void shouldCloseIteratorsThatWereLeftOpen() {
        store.put(key("a"), bytes("1"));
        store.put(key("b"), bytes("2"));
        store.commit(Map.of());
        KeyValueIterator<Bytes, byte[]> ownersIterator = store.all();
        KeyValueIterator<Bytes, byte[]> viewsIterator = store.committedView().all();
        ownersIterator.next();
        viewsIterator.next();
        store.close();
        assertThatThrownBy(ownersIterator::next).isInstanceOf(InvalidStateStoreException.class);
        assertThatThrownBy(viewsIterator::next)
                .isInstanceOf(InvalidStateStoreException.class)
                .hasMessageContaining("letters");
        ownersIterator.close();
        viewsIterator.close();
    }

    @Test
    void shouldNameWhoLeftIteratorsOpen() {
        OpenScans scans = new OpenScans();
        assertThat(scans.caller()).doesNotContain("io.tailrace.stores.");
        RocksScan left = (RocksScan) store.committedView().all();
        assertThat(OpenScans.callers(List.of(left, left))).matches("\\S+\\.\\S+\\(line -?\\d+\\) x 2");
        left.close();
    }

    @Test
    void shouldCloseSafelyWhileOthersRead() throws Exception {
        for (int i = 0; i < 100; i++) {
            store.put(key("k" + i), bytes("v" + i));
        }
        store.commit(Map.of());
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < 20; round++) {
                OrderedBytes view = store.committedView();
                Semaphore reading = new Semaphore(0);
                Future<?> gets = readers.submit(() -> untilClosed(reading, () -> view.get(key("k7"))));
                Future<?> scans = readers.submit(() -> untilClosed(reading, () -> drain(view.all())));
                reading.acquire(2);
                store.close();
                gets.get();
                scans.get();
                store.open(new TestContext(stateDir));
            }
        } finally {
            readers.shutdownNow();
        }
        assertThat(drain(store.all())).hasSize(100);
    }

    private static void untilClosed(Semaphore reading, Runnable read) {
        boolean open = true;
        for (int count = 0; open; count++) {
            try {
                read.run();
            } catch (InvalidStateStoreException e) {
                open = false;
            }
            if (count == 0) {
                reading.release();
            }
        }
    }

    @Test
    void shouldStartEmptyWhenTheLayoutHasChanged() {
        store.put(key("a"), bytes("1"));
        store.commit(Map.of(TestContext.changelogOf("letters"), 7L));
        store.close();

        ByteStore other = create().withLayout("window-60000");
        other.open(new TestContext(stateDir));
        assertThat(drain(other.all())).isEmpty();
        assertThat(other.committedOffset(TestContext.changelogOf("letters"))).isNull();
        other.close();

        store.open(new TestContext(stateDir));
        assertThat(drain(store.all())).isEmpty();
        assertThat(store.committedOffset(TestContext.changelogOf("letters"))).isNull();
    }

    @Test
    void shouldNotTouchAStoreWhoseNameBeginsAlikeWhenTheLayoutChanges() {
        ByteStore longer = new RocksByteStore("letters-2");
        longer.open(new TestContext(stateDir));
        longer.put(key("a"), bytes("kept"));
        longer.commit(Map.of());
        store.close();
        ByteStore other = create().withLayout("other");
        other.open(new TestContext(stateDir));
        assertThat(drain(longer.all())).containsExactly("a=kept");
        other.close();
        longer.close();
    }
}
