package io.tailrace.log.partition;

import io.tailrace.log.record.Defect;
import io.tailrace.log.storage.Storage;
import io.tailrace.log.storage.StorageFile;
import java.io.Closeable;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One segment: the batches from {@link #baseOffset} up to a published end, how far they are on the device, and their indexes. A
 * read finds the batch that holds the offset ({@link OffsetSearch}), then reads and checks whole batches ({@link SegmentBatches}).
 *
 * <p><b>Threads:</b> any; {@link #publish} is called by the partition's writer only.
 */
final class Segment implements Closeable {
    private final SegmentFile file;
    private final SegmentIndexHolder index;
    private final TransactionIndexHolder transactions;
    private final SegmentBatches batches;
    private final OffsetSearch offsets;
    private final TimestampSearch timestamps;
    private final long baseOffset;
    private volatile int end; // bytes in front of it are written and do not change
    private final Storage storage;
    private final String directory;
    private final Object forcing = new Object();
    private volatile int forcedEnd; // bytes in front of it are on the device; written under forcing
    private boolean nameForced; // guarded by forcing

    /**
     * @param directory of the partition
     * @param end size of the log file up to which it may be read
     * @param index of the batches up to there; null to load it from its files when it is needed
     */
    Segment(
            Storage storage,
            String directory,
            long baseOffset,
            int end,
            PartitionConfig config,
            @Nullable SegmentIndex index) {
        this(storage, directory, baseOffset, end, config, index, SegmentFiles.log(directory, baseOffset));
    }

    private Segment(
            Storage storage,
            String directory,
            long baseOffset,
            int end,
            PartitionConfig config,
            @Nullable SegmentIndex index,
            String path) {
        this.storage = storage;
        this.directory = directory;
        this.file = new SegmentFile(storage, path);
        this.baseOffset = baseOffset;
        this.end = end;
        this.index = new SegmentIndexHolder(storage, directory, baseOffset, file, config.indexIntervalBytes(), index);
        this.transactions = new TransactionIndexHolder(
                storage, directory, baseOffset, index == null ? null : new TransactionIndex());
        this.batches = new SegmentBatches(file);
        this.offsets = new OffsetSearch(file, this.index, batches, baseOffset);
        this.timestamps = new TimestampSearch(this.index, batches, offsets, baseOffset);
    }

    /** A segment that is to take the place of others, in a file that does not have its final name yet. */
    static Segment replacing(
            Storage storage,
            String directory,
            long baseOffset,
            int end,
            PartitionConfig config,
            SegmentIndex index,
            String path) {
        Segment segment = new Segment(storage, directory, baseOffset, end, config, index, path);
        segment.markForced();
        return segment;
    }

    long baseOffset() {
        return baseOffset;
    }

    String path() {
        return file.path();
    }

    StorageFile file() {
        return file.get();
    }

    /** In bytes; what is behind is not there for a reader. */
    int end() {
        return end;
    }

    void publish(int newEnd) {
        end = newEnd;
    }

    /** Gives the file another name, under which it is found when it is opened again. */
    void rename(String newPath) {
        file.rename(newPath);
    }

    /** The segment is in no list any more: its files are closed and not made again. Readers that still use it fail. */
    void retire() {
        index.retire();
        transactions.retire();
        file.close();
    }

    /** Largest timestamp of a record, in milliseconds since 1970. */
    long maxTimestamp() {
        return timestamps.max(end);
    }

    /** Largest timestamp of the first batch, in milliseconds since 1970; that of a segment without batches is the largest long. */
    long firstTimestamp() {
        return end == 0 ? Long.MAX_VALUE : batches.headerAt(0).maxTimestamp();
    }

    /**
     * The segment is full: stores its indexes.
     *
     * @param endOffset behind its last batch
     * @param hasTransactions whether there may have been a transaction in it
     */
    void seal(long endOffset, boolean hasTransactions) {
        index.seal();
        transactions.seal(endOffset, hasTransactions);
    }

    /** The transactions that were aborted in this segment. */
    TransactionIndexHolder transactions() {
        return transactions;
    }

    /** Over the batches from an offset on; a few before it may come first. */
    SegmentScanner scanner(long offset, long nextSegmentOffset) {
        return offsets.scannerBefore(offset, end, nextSegmentOffset);
    }

    /** The batches by their position, for who has found them with a {@link #scanner}. */
    SegmentBatches batches() {
        return batches;
    }

    /** The segment is closed while it grows: stores its index, so that it need not be scanned when it is opened again. */
    void storeIndex() {
        index.seal();
    }

    /** Whether every byte, and the name of the file, is on the device. */
    boolean isForced() {
        return forcedEnd == end;
    }

    /** The segment is known to be on the device as it is. */
    void markForced() {
        synchronized (forcing) {
            forcedEnd = end;
            nameForced = true;
        }
    }

    /** Returns when every batch published before survives a power loss. Any thread; appends go on meanwhile. */
    void force() {
        synchronized (forcing) {
            int wanted = end;
            if (wanted <= forcedEnd) {
                return;
            }
            file().force();
            // Left to the first force: an append promises nothing about a power loss, and forcing directories costs
            // time.
            if (!nameForced) {
                storage.forceDirectory(directory);
                storage.forceDirectory(directory.substring(0, Math.max(0, directory.lastIndexOf('/'))));
                nameForced = true;
            }
            forcedEnd = wanted;
        }
    }

    /** Cuts off what no force has covered. For a segment that nobody reads any more. */
    void dropUnforced() {
        synchronized (forcing) {
            if (forcedEnd < end) {
                file().truncate(forcedEnd);
                end = forcedEnd;
            }
        }
    }

    /**
     * Reads whole batches, at least the one that holds {@code offset}, or the one behind it when the offset lies in a gap.
     *
     * @param nextSegmentOffset the offset behind the last record of this segment
     * @param endOffset batches that begin there or behind are not read, even if there is no other
     * @throws io.tailrace.common.errors.CorruptRecordException when that batch is damaged or missing
     */
    FetchedBatches read(long offset, int maxBytes, long nextSegmentOffset, long endOffset) {
        int limit = end;
        int position = offsets.find(offset, limit);
        FetchedBatches fetched =
                position == OffsetSearch.UNKNOWN ? null : batches.fetch(position, offset, maxBytes, limit, endOffset);
        if (fetched == null) {
            StoredBatch checked = offsets.findChecked(offset, limit, nextSegmentOffset);
            position = checked.position();
            fetched = batches.fetch(position, Math.max(offset, checked.baseOffset()), maxBytes, limit, endOffset);
        }
        if (fetched == null) {
            throw new Defect("other bytes than a moment ago", "an intact batch").at(path(), position);
        }
        if (!fetched.isEmpty()) {
            offsets.expect(fetched.nextOffset(), position + fetched.sizeInBytes());
        }
        return fetched;
    }

    /**
     * The first offset whose timestamp is at or behind the given one; empty when all are before it. Records that are damaged
     * are left out.
     *
     * @param startOffset records before it are left out
     * @param nextSegmentOffset the offset behind the last record of this segment
     */
    OptionalLong offsetForTimestamp(long timestamp, long startOffset, long nextSegmentOffset) {
        return timestamps.firstOffset(timestamp, startOffset, end, nextSegmentOffset);
    }

    @Override
    public void close() {
        file.close();
    }
}
