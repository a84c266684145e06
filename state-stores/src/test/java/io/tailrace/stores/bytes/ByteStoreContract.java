package io.tailrace.stores.bytes;

import static io.tailrace.stores.Entries.bytes;
import static io.tailrace.stores.Entries.drain;
import static io.tailrace.stores.Entries.key;
import static io.tailrace.stores.Entries.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.Bytes;
import io.tailrace.common.TopicPartition;
import io.tailrace.errors.InvalidStateStoreException;
import io.tailrace.processor.KeyValue;
import io.tailrace.serde.ByteArraySerializer;
import io.tailrace.serde.StringSerializer;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.stores.TestContext;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What every byte store does. */
public abstract class ByteStoreContract {
    private static final TopicPartition CHANGELOG = TestContext.changelogOf("letters");

    @TempDir
    protected Path stateDir;

    protected ByteStore store;

    /** A store named {@code letters}, not open. */
    protected abstract ByteStore create();

    @BeforeEach
    void open() {
        store = create();
        store.init(new TestContext(stateDir), store);
    }

    @AfterEach
    void close() {
        store.close();
    }

    private void put(String... keys) {
        for (String key : keys) {
            store.put(key(key), bytes(key.toUpperCase(Locale.ROOT)));
        }
    }

    @Test
    void shouldReturnWhatWasPut() {
        put("a", "b");
        assertThat(text(store.get(key("a")))).isEqualTo("A");
        assertThat(store.get(key("c"))).isNull();
        store.commit(Map.of());
        assertThat(text(store.get(key("b")))).isEqualTo("B");
    }

    @Test
    void shouldOverwriteAndDeleteBeforeAndAfterACommit() {
        put("a", "b", "c");
        store.commit(Map.of());
        store.put(key("a"), bytes("new"));
        store.put(key("b"), null);
        assertThat(text(store.delete(key("c")))).isEqualTo("C");
        assertThat(store.delete(key("c"))).isNull();
        assertThat(drain(store.all())).containsExactly("a=new");
        store.commit(Map.of());
        assertThat(drain(store.all())).containsExactly("a=new");
        assertThat(store.get(key("b"))).isNull();
    }

    @Test
    void shouldTellAnEmptyValueFromNone() {
        store.put(key("a"), new byte[0]);
        assertThat(store.get(key("a"))).isEmpty();
        store.commit(Map.of());
        assertThat(store.get(key("a"))).isEmpty();
        assertThat(drain(store.all())).containsExactly("a=");
    }

    @Test
    void shouldKeepAnEmptyKeyBeforeAllOthers() {
        put("", "\0", "a");
        assertThat(drain(store.all())).containsExactly("=", "\0=\0", "a=A");
        store.commit(Map.of());
        assertThat(drain(store.range(Bytes.EMPTY, key("\0")))).containsExactly("=", "\0=\0");
    }

    @Test
    void shouldPutOnlyWhereNothingIs() {
        assertThat(store.putIfAbsent(key("a"), bytes("1"))).isNull();
        assertThat(text(store.putIfAbsent(key("a"), bytes("2")))).isEqualTo("1");
        assertThat(text(store.get(key("a")))).isEqualTo("1");
    }

    @Test
    void shouldPutAllInTurn() {
        store.putAll(List.of(
                KeyValue.pair(key("a"), bytes("1")),
                KeyValue.pair(key("b"), bytes("2")),
                KeyValue.pair(key("a"), null)));
        assertThat(drain(store.all())).containsExactly("b=2");
    }

    @Test
    void shouldReadRangesWithBothBoundsOverCommittedAndUncommittedEntries() {
        put("a", "c", "e", "g");
        store.commit(Map.of());
        put("b", "d", "f");
        store.put(key("c"), null);
        assertThat(drain(store.range(key("b"), key("e")))).containsExactly("b=B", "d=D", "e=E");
        assertThat(drain(store.reverseRange(key("b"), key("e")))).containsExactly("e=E", "d=D", "b=B");
        assertThat(drain(store.range(null, key("b")))).containsExactly("a=A", "b=B");
        assertThat(drain(store.range(key("f"), null))).containsExactly("f=F", "g=G");
        assertThat(drain(store.reverseRange(null, key("b")))).containsExactly("b=B", "a=A");
        assertThat(drain(store.reverseRange(key("f"), null))).containsExactly("g=G", "f=F");
        assertThat(drain(store.all())).containsExactly("a=A", "b=B", "d=D", "e=E", "f=F", "g=G");
        assertThat(drain(store.reverseAll())).containsExactly("g=G", "f=F", "e=E", "d=D", "b=B", "a=A");
    }

    @Test
    void shouldReadNothingWhenTheBoundsAreCrossed() {
        put("a", "b", "c");
        assertThat(drain(store.range(key("c"), key("a")))).isEmpty();
        assertThat(drain(store.reverseRange(key("c"), key("a")))).isEmpty();
        store.commit(Map.of());
        assertThat(drain(store.range(key("c"), key("a")))).isEmpty();
        assertThat(drain(store.reverseRange(key("c"), key("a")))).isEmpty();
        assertThat(drain(store.scan(key("b"), key("b"), ScanOrder.ASCENDING))).isEmpty();
    }

    @Test
    void shouldOrderKeysAsUnsignedBytes() {
        put("\u0080", "\u007f", "\u00ff", "a", "aa");
        assertThat(drain(store.all()).stream().map(entry -> entry.substring(0, entry.indexOf('='))))
                .containsExactly("a", "aa", "\u007f", "\u0080", "\u00ff");
    }

    @Test
    void shouldScanByPrefixUpToTheLastPossibleKey() {
        put("a", "ab", "abc", "ac", "b");
        store.commit(Map.of());
        put("abd");
        assertThat(drain(store.prefixScan("ab", new StringSerializer())))
                .containsExactly("ab=AB", "abc=ABC", "abd=ABD");
        assertThat(drain(store.prefixScan("x", new StringSerializer()))).isEmpty();
        store.put(Bytes.wrap(new byte[] {-1, -1, 5}), bytes("high"));
        assertThat(drain(store.prefixScan(new byte[] {-1, -1}, new ByteArraySerializer())))
                .hasSize(1);
    }

    @Test
    void shouldDeleteARangeWithoutItsUpperBound() {
        put("a", "b", "c", "d");
        store.commit(Map.of());
        put("bb");
        store.deleteRange(key("b"), key("d"));
        assertThat(store.get(key("bb"))).isNull();
        assertThat(store.get(key("c"))).isNull();
        put("c");
        assertThat(drain(store.all())).containsExactly("a=A", "c=C", "d=D");
        assertThat(drain(store.reverseAll())).containsExactly("d=D", "c=C", "a=A");
        store.commit(Map.of());
        assertThat(drain(store.all())).containsExactly("a=A", "c=C", "d=D");
    }

    @Test
    void shouldIterateOverWhatWasThereAtTheBeginning() {
        put("a", "b", "c");
        store.commit(Map.of());
        put("d", "e");
        try (KeyValueIterator<Bytes, byte[]> iterator = store.all()) {
            assertThat(iterator.next().key).isEqualTo(key("a"));
            store.put(key("b"), null);
            store.put(key("e"), bytes("other"));
            put("f");
            assertThat(drain(iterator)).containsExactly("b=B", "c=C", "d=D", "e=E");
        }
    }

    @Test
    void shouldLetTheOwnerDeleteWhileItIterates() {
        put("a", "b", "c");
        store.commit(Map.of());
        put("d", "e");
        try (KeyValueIterator<Bytes, byte[]> iterator = store.all()) {
            while (iterator.hasNext()) {
                store.delete(OrderedBytes.keyOf(iterator.next()));
            }
        }
        assertThat(drain(store.all())).isEmpty();
    }

    @Test
    void shouldRefuseAClosedIteratorAndReportItsEnd() {
        put("a");
        KeyValueIterator<Bytes, byte[]> iterator = store.all();
        iterator.next();
        assertThat(iterator.hasNext()).isFalse();
        assertThatThrownBy(iterator::next)
                .isInstanceOf(NoSuchElementException.class)
                .hasMessageContaining("letters");
        assertThatThrownBy(iterator::peekNextKey).isInstanceOf(NoSuchElementException.class);
        iterator.close();
        iterator.close();
        assertThatThrownBy(iterator::hasNext)
                .isInstanceOf(InvalidStateStoreException.class)
                .hasMessageContaining("letters");
    }

    @Test
    void shouldEstimateItsSize() {
        assertThat(store.approximateNumEntries()).isZero();
        put("a", "b");
        assertThat(store.approximateNumEntries()).isEqualTo(2);
        store.commit(Map.of());
        assertThat(store.approximateNumEntries()).isEqualTo(2);
    }

    @Test
    void shouldShowOthersOnlyWhatIsCommitted() {
        OrderedBytes view = store.committedView();
        put("a");
        assertThat(view.get(key("a"))).isNull();
        assertThat(drain(view.all())).isEmpty();
        store.commit(Map.of());
        assertThat(text(view.get(key("a")))).isEqualTo("A");
        store.put(key("a"), bytes("other"));
        put("b");
        store.deleteRange(key("a"), key("b"));
        assertThat(drain(view.all())).containsExactly("a=A");
        assertThat(drain(view.reverseRange(null, key("z")))).containsExactly("a=A");
        assertThat(view.approximateNumEntries()).isEqualTo(1);
        store.commit(Map.of());
        assertThat(drain(view.all())).containsExactly("b=B");
    }

    @Test
    void shouldKeepAViewsIteratorOnOneCommit() {
        put("a", "b", "c");
        store.commit(Map.of());
        try (KeyValueIterator<Bytes, byte[]> iterator = store.committedView().all()) {
            store.put(key("b"), null);
            store.put(key("c"), bytes("other"));
            put("d");
            store.commit(Map.of());
            assertThat(drain(iterator)).containsExactly("a=A", "b=B", "c=C");
        }
    }

    @Test
    void shouldNeverShowOthersHalfACommit() throws Exception {
        for (int i = 0; i < 20; i++) {
            store.put(key("k" + i), bytes("0"));
        }
        store.commit(Map.of());
        OrderedBytes view = store.committedView();
        AtomicBoolean writing = new AtomicBoolean(true);
        CountDownLatch reading = new CountDownLatch(1);
        ExecutorService reader = Executors.newSingleThreadExecutor();
        try {
            Future<Integer> scans = reader.submit(() -> {
                int count = 0;
                while (writing.get() || count == 0) {
                    List<String> values = drain(count % 2 == 0 ? view.all() : view.reverseAll()).stream()
                            .map(entry -> entry.substring(entry.indexOf('=') + 1))
                            .distinct()
                            .toList();
                    assertThat(values).hasSize(1);
                    count++;
                    reading.countDown();
                }
                return count;
            });
            reading.await();
            for (int round = 1; round <= 300; round++) {
                for (int i = 0; i < 20; i++) {
                    store.put(key("k" + i), bytes(Integer.toString(round)));
                }
                store.commit(Map.of());
            }
            writing.set(false);
            assertThat(scans.get()).isPositive();
        } finally {
            writing.set(false);
            reader.shutdown();
        }
    }

    @Test
    void shouldRememberTheOffsetsOfTheLastCommit() {
        assertThat(store.committedOffset(CHANGELOG)).isNull();
        put("a");
        store.commit(Map.of(CHANGELOG, 5L));
        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(5);
        store.commit(Map.of(CHANGELOG, 9L));
        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(9);
        assertThat(store.committedOffset(new TopicPartition("other", 0))).isNull();
    }

    @Test
    void shouldRestoreStraightIntoTheCommittedState() {
        store.restore(
                List.of(
                        KeyValue.pair(bytes("a"), bytes("1")),
                        KeyValue.pair(bytes("b"), bytes("2")),
                        KeyValue.pair(bytes("a"), null)),
                Map.of(CHANGELOG, 3L));
        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(3);
        assertThat(drain(store.committedView().all())).containsExactly("b=2");
        assertThat(drain(store.all())).containsExactly("b=2");
    }

    @Test
    void shouldRestoreManyEntriesInWhateverOrder() {
        Map<String, String> expected = new TreeMap<>();
        for (int batch = 0; batch < 30; batch++) {
            List<KeyValue<byte[], byte[]>> records = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                int number = batch * 1_000 + i;
                String key = String.format(Locale.ROOT, "%05d", number * 7_919 % 20_000);
                boolean deleted = number % 5 == 0;
                records.add(KeyValue.pair(bytes(key), deleted ? null : bytes("v" + number)));
                if (deleted) {
                    expected.remove(key);
                } else {
                    expected.put(key, "v" + number);
                }
            }
            store.restore(records, Map.of(CHANGELOG, (batch + 1) * 1_000L));
        }
        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(30_000);
        assertThat(drain(store.committedView().all()))
                .isEqualTo(expected.entrySet().stream()
                        .map(entry -> entry.getKey() + "=" + entry.getValue())
                        .toList());
        store.restore(List.of(KeyValue.pair(bytes("00000"), bytes("again"))), Map.of(CHANGELOG, 30_001L));
        assertThat(store.get(Bytes.wrap(bytes("00000")))).isEqualTo(bytes("again"));
    }

    @Test
    void shouldForgetUncommittedWritesOnClose() {
        put("a");
        store.commit(Map.of(CHANGELOG, 1L));
        put("b");
        store.close();
        open();
        assertThat(store.get(key("b"))).isNull();
        assertThat(store.committedOffset(CHANGELOG)).isEqualTo(store.persistent() ? 1L : null);
        assertThat(drain(store.all())).isEqualTo(store.persistent() ? List.of("a=A") : List.of());
    }

    @Test
    void shouldRefuseWorkWhenItIsNotOpen() {
        OrderedBytes view = store.committedView();
        assertThat(store.isOpen()).isTrue();
        store.close();
        store.close();
        assertThat(store.isOpen()).isFalse();
        assertThatThrownBy(() -> store.get(key("a"))).isInstanceOf(InvalidStateStoreException.class);
        assertThatThrownBy(() -> put("a")).isInstanceOf(InvalidStateStoreException.class);
        assertThatThrownBy(store::all).isInstanceOf(InvalidStateStoreException.class);
        assertThatThrownBy(() -> store.deleteRange(key("a"), key("b"))).isInstanceOf(InvalidStateStoreException.class);
        assertThatThrownBy(() -> store.commit(Map.of())).isInstanceOf(InvalidStateStoreException.class);
        assertThatThrownBy(() -> view.get(key("a")))
                .isInstanceOf(InvalidStateStoreException.class)
                .hasMessageContaining("letters");
        assertThatThrownBy(view::all).isInstanceOf(InvalidStateStoreException.class);
        assertThatThrownBy(view::approximateNumEntries).isInstanceOf(InvalidStateStoreException.class);
    }

    @Test
    void shouldTellAboutHowManyBytesAreUncommitted() {
        assertThat(store.approximateUncommittedBytes()).isZero();
        put("a");
        long one = store.approximateUncommittedBytes();
        assertThat(one).isGreaterThan(2);
        put("a");
        assertThat(store.approximateUncommittedBytes()).isEqualTo(one);
        put("b");
        assertThat(store.approximateUncommittedBytes()).isEqualTo(2 * one);
        store.put(key("b"), null);
        assertThat(store.approximateUncommittedBytes()).isBetween(one + 1, 2 * one);
        store.deleteRange(key("a"), key("c"));
        assertThat(store.approximateUncommittedBytes()).isZero();

        put("a");
        store.commit(Map.of());
        assertThat(store.approximateUncommittedBytes()).isZero();
    }
}
