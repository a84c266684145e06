package io.tailrace.log.partition;

import io.tailrace.log.storage.Storage;
import java.lang.ref.SoftReference;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The transaction index of a segment, wherever it is: in memory while the segment grows, then in its file, read when it is needed
 * and forgotten when memory is.
 *
 * <p><b>Threads:</b> any; {@link #append} and {@link #seal} by the partition's writer only.
 */
final class TransactionIndexHolder {
    private static final Logger LOG = LoggerFactory.getLogger(TransactionIndexHolder.class);

    private final Storage storage;
    private final String path;
    private final long baseOffset;
    private boolean retired; // guarded by this
    private volatile @Nullable TransactionIndex growing;
    private volatile SoftReference<@Nullable TransactionIndex> loaded = new SoftReference<>(null);

    /** @param growing of the batches so far; null when the segment is full and its index in a file */
    TransactionIndexHolder(Storage storage, String directory, long baseOffset, @Nullable TransactionIndex growing) {
        this.storage = storage;
        this.path = directory + "/" + SegmentName.of(baseOffset, SegmentName.TRANSACTION_INDEX);
        this.baseOffset = baseOffset;
        this.growing = growing;
    }

    /**
     * The index; null when the file is missing or is not the one of this segment up to the end offset.
     *
     * @param endOffset where the next segment begins
     */
    @Nullable
    TransactionIndex get(long endOffset) {
        TransactionIndex index = growing;
        if (index == null) {
            index = loaded.get();
        }
        if (index == null) {
            index = read(endOffset);
            loaded = new SoftReference<>(index);
        }
        return index;
    }

    private @Nullable TransactionIndex read(long endOffset) {
        if (!storage.exists(path)) {
            return null;
        }
        try {
            return TransactionIndex.decode(storage.readAllBytes(path), baseOffset, endOffset);
        } catch (InvalidIndexException e) {
            LOG.warn("{} is not used: {}", path, e.getMessage());
            return null;
        }
    }

    /** A transaction was aborted by the last batch of the segment, which grows. */
    void append(AbortedTransaction aborted) {
        TransactionIndex index = growing;
        if (index == null) {
            throw new IllegalStateException(path + " is complete, expected one that grows");
        }
        index.append(aborted);
    }

    /** Of a segment that grows. */
    List<AbortedTransaction> all() {
        TransactionIndex index = growing;
        return index == null ? List.of() : index.all();
    }

    /** The partition is closed: stores the index of a segment that is not full, for Kafka; here, a snapshot has it. */
    void close() {
        TransactionIndex index = growing;
        if (index != null && (index.count() > 0 || storage.exists(path))) {
            storage.replace(path, index.encodeEntries());
        }
    }

    /**
     * The segment is full.
     *
     * @param store whether there may be a transaction in it or behind it; otherwise nobody will look for a file
     */
    void seal(long endOffset, boolean store) {
        TransactionIndex index = growing;
        if (index != null) {
            if (store || storage.exists(path)) { // an old one could be taken for this one
                storage.replace(path, index.encode(baseOffset, endOffset));
            }
            loaded = new SoftReference<>(index);
            growing = null;
        }
    }

    /** The segment is replaced or deleted: its file is that of another one, or is to be gone, and is not written again. */
    synchronized void retire() {
        retired = true;
    }

    /** The index was made again from the log. */
    synchronized void replace(TransactionIndex index, long endOffset) {
        if (!retired) {
            storage.replace(path, index.encode(baseOffset, endOffset));
        }
        loaded = new SoftReference<>(index);
    }
}
