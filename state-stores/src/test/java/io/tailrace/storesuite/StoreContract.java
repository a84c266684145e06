package io.tailrace.storesuite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.errors.InvalidStateStoreException;
import io.tailrace.processor.StateStore;
import io.tailrace.state.SizedStore;
import io.tailrace.stores.ScratchDirectory;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/** What all stores do. A suite adds what those of its kinds do, and runs on all of their variants. Times in seconds. */
@ParameterizedClass(name = "{0}")
@ArgumentsSource(StoreVariant.OfSuite.class)
abstract class StoreContract {
    final StoreVariant variant;

    @TempDir(factory = ScratchDirectory.InMemory.class)
    Path temp = Path.of("replaced by JUnit");

    private final List<OpenStore> opened = new ArrayList<>();
    private Path disk = temp;
    private OpenStore open;

    @SuppressWarnings("NullAway.Init") // set before each test
    StoreContract(StoreVariant variant) {
        this.variant = variant;
    }

    @BeforeEach
    final void openStore() throws IOException {
        disk = Files.createDirectory(temp.resolve("state"));
        open = open(disk);
    }

    final OpenStore open(Path directory) {
        OpenStore store = OpenStore.open(variant, directory);
        opened.add(store);
        return store;
    }

    @AfterEach
    final void closeStores() {
        opened.forEach(OpenStore::close);
    }

    final OpenStore store() {
        return open;
    }

    final Subject subject() {
        return open.subject();
    }

    final void put(String key, long seconds, long number) {
        subject().put(key, seconds * 1000, seconds * 1000, number);
    }

    final void delete(String key, long seconds) {
        subject().put(key, seconds * 1000, seconds * 1000, null);
    }

    /** Closes the store and opens it again with what is on the disk. */
    final void restart() {
        open.close();
        open = open(disk);
    }

    /** Another store, on another disk, restored from the changelog of this one. */
    final OpenStore restored() throws IOException {
        OpenStore copy = open(Files.createTempDirectory(temp, "elsewhere"));
        copy.restore(open.changelog());
        return copy;
    }

    private void fill() {
        put("a", 10, 1);
        put("b", 20, 2);
        put("c", 20, 3);
        put("a", 20, 4);
        delete("b", 20);
    }

    @Test
    final void shouldShowWritesToOthersOnlyOnceTheyAreCommitted() {
        fill();
        List<String> written = subject().owner().all(true);
        Reads reader = subject().reader();
        assertThat(written).isNotEmpty();
        assertThat(reader.all(true)).isEmpty();
        open.commit();
        assertThat(reader.all(true)).isEqualTo(written);
        assertThat(subject().owner().all(true)).isEqualTo(written);
        put("a", 20, 9);
        put("d", 30, 9);
        assertThat(reader.all(true)).isEqualTo(written);
        assertThat(subject().owner().all(true)).isNotEqualTo(written);
    }

    @Test
    final void shouldReadBackwardWhatItReadsForward() {
        fill();
        List<String> forward = new ArrayList<>(subject().owner().all(true));
        Collections.reverse(forward);
        assertThat(subject().owner().all(false)).isEqualTo(forward);
        open.commit();
        assertThat(subject().reader().all(false)).isEqualTo(forward);
    }

    @Test
    final void shouldFindWhatWasCommittedAfterARestartIfPersistent() {
        fill();
        open.commit();
        List<String> committed = subject().owner().all(true);
        long end = open.changelog().size();
        put("a", 20, 9);
        put("d", 30, 9);
        restart();
        assertThat(open.store().persistent()).isEqualTo(variant.persistent());
        assertThat(subject().owner().all(true)).isEqualTo(variant.persistent() ? committed : List.of());
        assertThat(subject().reader().all(true)).isEqualTo(variant.persistent() ? committed : List.of());
        assertThat(open.store().committedOffset(OpenStore.CHANGELOG)).isEqualTo(variant.persistent() ? end : null);
    }

    @Test
    final void shouldComeBackFromItsChangelog() throws IOException {
        fill();
        put("e", 30, 5);
        open.commit();
        List<ConsumerRecord<byte[], byte[]>> changelog = open.changelog();
        if (!variant.logged()) {
            assertThat(changelog).isEmpty();
            return;
        }
        List<String> expected = subject().owner().all(true);
        OpenStore copy = restored();
        assertThat(copy.subject().owner().all(true)).isEqualTo(expected).isNotEmpty();
        assertThat(copy.subject().reader().all(true)).isEqualTo(expected);
        assertThat(copy.store().committedOffset(OpenStore.CHANGELOG)).isEqualTo(changelog.size());
        assertThat(copy.changelog()).isEmpty();
    }

    @Test
    final void shouldGoOnWhereItsChangelogGoesOn() throws IOException {
        fill();
        open.commit();
        if (!variant.logged()) {
            return;
        }
        List<ConsumerRecord<byte[], byte[]>> before = List.copyOf(open.changelog());
        put("a", 25, 6);
        put("e", 30, 7);
        open.commit();
        List<ConsumerRecord<byte[], byte[]>> after =
                open.changelog().subList(before.size(), open.changelog().size());
        OpenStore copy = open(Files.createDirectory(temp.resolve("behind")));
        copy.restore(before);
        copy.restore(after);
        assertThat(copy.subject().owner().all(true)).isEqualTo(subject().owner().all(true));
    }

    @Test
    final void shouldLogADeletionAsATombstone() {
        put("a", 10, 1);
        open.commit();
        delete("a", 10);
        open.commit();
        if (variant.logged() && variant.kind().form != StoreKind.Form.DUPLICATES) {
            assertThat(open.changelog()).hasSize(2);
            assertThat(open.changelog().get(1).key())
                    .isEqualTo(open.changelog().get(0).key());
            assertThat(open.changelog().get(1).value()).isNull();
            assertThat(subject().reader().all(true)).isEmpty();
        }
    }

    @Test
    final void shouldLogEveryChangeUnlessACacheMergesThem() {
        put("a", 10, 1);
        put("a", 10, 2);
        open.commit();
        boolean merged = variant.cached() && variant.kind().form != StoreKind.Form.DUPLICATES;
        assertThat(open.changelog()).hasSize(!variant.logged() ? 0 : merged ? 1 : 2);
    }

    @Test
    final void shouldCountWhatIsNotCommitted() {
        fill();
        subject().owner().all(true); // a cache writes what it holds
        assertThat(open.store().approximateUncommittedBytes()).isPositive();
        open.commit();
        assertThat(open.store().approximateUncommittedBytes()).isZero();
    }

    @Test
    final void shouldAcceptACommitWithNothingToCommit() {
        open.commit();
        fill();
        open.commit();
        List<String> before = subject().reader().all(true);
        open.commit();
        assertThat(subject().reader().all(true)).isEqualTo(before);
    }

    @Test
    final void shouldRefuseWorkBeforeItIsOpened() {
        StateStore fresh = variant.builder().build();
        assertThat(fresh.isOpen()).isFalse();
        assertThat(fresh.name()).isEqualTo(StoreKind.NAME);
        Subject closed = variant.kind().subject(fresh);
        assertThatThrownBy(() -> closed.owner().get("a", 0, 0))
                .isInstanceOf(InvalidStateStoreException.class)
                .hasMessageContaining(StoreKind.NAME);
        assertThatThrownBy(() -> closed.put("a", 0, 0, 1L)).isInstanceOf(InvalidStateStoreException.class);
        fresh.close();
    }

    @Test
    final void shouldRefuseWorkWhenItIsClosed() {
        fill();
        open.commit();
        Reads reader = subject().reader();
        assertThat(open.store().isOpen()).isTrue();
        open.close();
        open.close();
        assertThat(open.store().isOpen()).isFalse();
        Reads owner = subject().owner();
        assertThatThrownBy(() -> put("a", 30, 1)).isInstanceOf(InvalidStateStoreException.class);
        assertThatThrownBy(() -> owner.get("a", 10_000, 10_000)).isInstanceOf(InvalidStateStoreException.class);
        assertThatThrownBy(() -> owner.all(true)).isInstanceOf(InvalidStateStoreException.class);
        assertThatThrownBy(() -> reader.get("a", 10_000, 10_000)).isInstanceOf(InvalidStateStoreException.class);
        assertThatThrownBy(() -> reader.all(true)).isInstanceOf(InvalidStateStoreException.class);
    }

    @Test
    @SuppressWarnings("NullAway") // null is the point
    final void shouldNameItselfWhenAKeyIsNull() {
        assertThatThrownBy(() -> subject().put(null, 0, 0, 1L))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("store '" + StoreKind.NAME + "'");
        assertThatThrownBy(() -> subject().owner().get(null, 0, 0))
                .isInstanceOf(NullPointerException.class)
                .hasMessageContaining("store '" + StoreKind.NAME + "'");
    }

    @Test
    final void shouldRefuseAnIteratorAfterItsClose() {
        fill();
        open.commit();
        Subject.Scan scan = subject().scan();
        assertThat(scan.hasNext()).isTrue();
        scan.close();
        scan.close();
        assertThatThrownBy(scan::hasNext).isInstanceOf(InvalidStateStoreException.class);
    }

    @Test
    final void shouldSayWhoLeftAnIteratorOpen() {
        fill();
        open.commit();
        Subject.Scan left = subject().scan();
        assertThat(left.hasNext()).isTrue();
        String said = errorsOf(open::close);
        if (variant.persistent()) {
            assertThat(said)
                    .contains("store '" + StoreKind.NAME + "'")
                    .contains("1 iterators that were left open")
                    .containsPattern("Opened by: io\\.tailrace\\.storesuite\\.\\S+\\(line \\d+\\) x 1");
        }
        left.close();
    }

    private static String errorsOf(Runnable work) {
        PrintStream before = System.err;
        ByteArrayOutputStream said = new ByteArrayOutputStream();
        try (PrintStream captured = new PrintStream(said, true, StandardCharsets.UTF_8)) {
            System.setErr(captured);
            work.run();
        } finally {
            System.setErr(before);
        }
        return said.toString(StandardCharsets.UTF_8);
    }

    /** Half of a surrogate pair has no bytes of its own: it is written as a question mark. */
    @Test
    final void shouldTakeTextsWithTheSameBytesForOneKey() {
        put("b\uD800", 10, 1);
        put("b?", 10, 2);
        String value = subject().owner().get("b?", 10_000, 10_000);
        assertThat(value).isNotNull();
        assertThat(subject().owner().get("b\uD800", 10_000, 10_000)).isEqualTo(value);
        assertThat(subject().owner().get("b\uDC00", 10_000, 10_000)).isEqualTo(value);
        store().commit();
        assertThat(subject().reader().get("b\uD800", 10_000, 10_000)).isEqualTo(value);
        delete("b\uDC00", 10);
        if (variant.kind().form != StoreKind.Form.DUPLICATES) {
            assertThat(subject().owner().get("b\uD800", 10_000, 10_000)).isNull();
            assertThat(subject().owner().get("b?", 10_000, 10_000)).isNull();
        }
    }

    @Test
    final void shouldSayHowLargeItIs() {
        SizedStore sized = (SizedStore) open.store();
        assertThat(sized.approximateEntries()).isZero();
        put("a", 10, 1);
        put("b", 20, 2);
        put("c", 30, 3);
        assertThat(sized.approximateEntries()).isZero();
        open.commit();
        assertThat(sized.approximateEntries()).isEqualTo(3);
        assertThat(sized.approximateBytes()).isPositive();
        delete("c", 30);
        open.commit();
        if (!variant.persistent() && variant.kind().form != StoreKind.Form.DUPLICATES) {
            assertThat(sized.approximateEntries()).isEqualTo(variant.kind() == StoreKind.VERSIONED ? 3 : 2);
        }
        open.close();
        assertThatThrownBy(sized::approximateEntries).isInstanceOf(InvalidStateStoreException.class);
        assertThatThrownBy(sized::approximateBytes).isInstanceOf(InvalidStateStoreException.class);
    }

    @Test
    final void shouldShowItsCommittedEntriesToOtherThreads() throws InterruptedException {
        fill();
        open.commit();
        List<String> expected = subject().owner().all(true);
        Reads reader = subject().reader();
        List<String> seen = new ArrayList<>();
        Thread other = new Thread(() -> seen.addAll(reader.all(true)));
        other.start();
        other.join();
        assertThat(seen).isEqualTo(expected);
    }

    @Test
    final void shouldNotRememberOffsetsOfAnotherChangelog() {
        fill();
        open.commit();
        assertThat(open.store().committedOffset(new TopicPartition("another", 0)))
                .isNull();
    }
}
