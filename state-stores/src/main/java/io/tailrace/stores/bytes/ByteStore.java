package io.tailrace.stores.bytes;

import io.tailrace.common.Bytes;
import io.tailrace.common.TopicPartition;
import io.tailrace.processor.BatchingStateRestoreCallback;
import io.tailrace.processor.KeyValue;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.StateStoreContext;
import io.tailrace.state.KeyValueStore;
import io.tailrace.state.SizedStore;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An ordered map of bytes with commits: what all stores keep their data in, and the interface to implement for another
 * storage. Owner: the task's thread, except {@link #committedView()}.
 *
 * <p><b>Commits.</b> Writes since the last {@link #commit} are seen by the owner only. A commit makes them visible to
 * {@link #committedView()} and stores them together with the changelog offsets, all at once. Closing or crashing without
 * one forgets them. {@link #restore} bypasses this: its entries are committed at once.
 *
 * <p>Keys and values given to a store are kept, not copied: do not change them afterwards.
 */
public interface ByteStore extends KeyValueStore<Bytes, byte[]>, OrderedBytes, SizedStore {
    /**
     * This store, not open, for content of another layout. A persistent store does not mix layouts: what it finds of its own name
     * in another one is dropped, so that it starts empty and is restored, instead of being misread.
     *
     * @param layout names how keys and values are encoded; letters, digits and dashes
     */
    default ByteStore withLayout(String layout) {
        return this;
    }

    /**
     * Opens the store without registering it: for the layer above, which registers itself.
     *
     * @throws io.tailrace.errors.ProcessorStateException when the store's files cannot be used
     */
    void open(StateStoreContext context);

    /** Opens and registers the store; on restore it takes keys and values as they are. */
    @Override
    default void init(StateStoreContext context, StateStore root) {
        open(context);
        context.register(root, (BatchingStateRestoreCallback) records -> restore(records, Map.of()));
    }

    /**
     * Tells of entries that the store drops by itself, because it has no room for them: a changelog records that as a
     * deletion. Does nothing for a store that keeps all. To be called before it is opened.
     *
     * @param listener called on the owner's thread, within a write
     */
    default void onDrop(Consumer<Bytes> listener) {}

    /**
     * Removes {@code [from, to)} at a price that does not depend on how much that is. It is for entries whose time is
     * over, which every copy of the store can tell by itself: a changelog does not record it.
     */
    void deleteRange(Bytes from, Bytes to);

    /**
     * Applies entries of the changelog, oldest first, straight to the committed state, together with the offsets. Not
     * to be called while there are uncommitted writes. An implementation may gather many; they are all there when the owner
     * calls anything else, such as {@link #committedOffset}.
     *
     * @param records null values delete
     * @param changelogOffsets next to read after these records; empty when nobody counts
     */
    void restore(Collection<KeyValue<byte[], byte[]>> records, Map<TopicPartition, Long> changelogOffsets);

    /**
     * Reads for any thread. Single reads and iterators never see part of a commit.
     *
     * @throws io.tailrace.errors.InvalidStateStoreException from its methods, when the store is not open
     */
    OrderedBytes committedView();

    @Override
    default long approximateEntries() {
        return committedView().approximateNumEntries();
    }

    @Override
    default long approximateBytes() {
        return committedView().approximateBytes();
    }

    @Override
    default byte @Nullable [] putIfAbsent(Bytes key, byte @Nullable [] value) {
        byte[] present = get(key);
        if (present == null) {
            put(key, value);
        }
        return present;
    }

    @Override
    default void putAll(List<KeyValue<Bytes, byte[]>> entries) {
        for (KeyValue<Bytes, byte[]> entry : entries) {
            put(OrderedBytes.keyOf(entry), entry.value);
        }
    }

    @Override
    default byte @Nullable [] delete(Bytes key) {
        byte[] present = get(key);
        if (present != null) {
            put(key, null);
        }
        return present;
    }
}
