package io.tailrace.stores.bytes;

import io.tailrace.common.Bytes;
import io.tailrace.processor.KeyValue;
import io.tailrace.serde.Serializer;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.state.ReadOnlyKeyValueStore;
import io.tailrace.state.SizedStore;
import java.util.Arrays;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The read side of an ordered byte store. {@link #get}, {@link #scan} and {@link #approximateNumEntries} are all that an
 * implementation has to write; the arrays they return belong to the store and must not be changed.
 *
 * <p>An iterator shows the store as it was when the scan began, whatever is written while it is open; only one that its
 * owner keeps open over a commit may show entries of that commit.
 */
public interface OrderedBytes extends ReadOnlyKeyValueStore<Bytes, byte[]> {
    /**
     * The entries of {@code [from, to)}; none when {@code from >= to}.
     *
     * @param from null for the first key
     * @param to not included; null for behind the last key
     */
    KeyValueIterator<Bytes, byte[]> scan(@Nullable Bytes from, @Nullable Bytes to, ScanOrder order);

    /** About how many bytes the entries take, {@link SizedStore#UNKNOWN} for a store that cannot tell. */
    default long approximateBytes() {
        return SizedStore.UNKNOWN;
    }

    /**
     * Runs several reads that all see the same commit, whatever is committed meanwhile; the iterators that they open go on to do
     * so. For the owner, whose thread commits, that is so anyway.
     *
     * @param reads gets what it has to read from, and must not keep it
     */
    default <T extends @Nullable Object> T asOfOneCommit(Function<OrderedBytes, T> reads) {
        return reads.apply(this);
    }

    @Override
    default KeyValueIterator<Bytes, byte[]> range(@Nullable Bytes from, @Nullable Bytes to) {
        return scan(from, to == null ? null : after(to), ScanOrder.ASCENDING);
    }

    @Override
    default KeyValueIterator<Bytes, byte[]> reverseRange(@Nullable Bytes from, @Nullable Bytes to) {
        return scan(from, to == null ? null : after(to), ScanOrder.DESCENDING);
    }

    @Override
    default KeyValueIterator<Bytes, byte[]> all() {
        return scan(null, null, ScanOrder.ASCENDING);
    }

    @Override
    default KeyValueIterator<Bytes, byte[]> reverseAll() {
        return scan(null, null, ScanOrder.DESCENDING);
    }

    @Override
    default <PS extends Serializer<P>, P> KeyValueIterator<Bytes, byte[]> prefixScan(P prefix, PS prefixKeySerializer) {
        Bytes from = Bytes.wrap(
                Objects.requireNonNull(prefixKeySerializer.serialize("", prefix), "the prefix was serialized to null"));
        return scan(from, Bytes.increment(from), ScanOrder.ASCENDING);
    }

    /** The least key greater than {@code key}: what turns an included upper bound into an excluded one. */
    static Bytes after(Bytes key) {
        return Bytes.wrap(Arrays.copyOf(key.get(), key.length() + 1));
    }

    /** The key of an entry that came out of a store, where no key is null. */
    static <K> K keyOf(KeyValue<K, ?> entry) {
        return Objects.requireNonNull(entry.key);
    }

    /** The value of an entry that came out of a store, where no value is null. */
    static <V> V valueOf(KeyValue<?, V> entry) {
        return Objects.requireNonNull(entry.value);
    }
}
