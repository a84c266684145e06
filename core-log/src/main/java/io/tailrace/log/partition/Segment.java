package io.tailrace.log.partition;

import io.tailrace.log.record.BatchLayout;
import io.tailrace.log.record.Defect;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.record.RecordCursor;
import io.tailrace.log.storage.Storage;
import io.tailrace.log.storage.StorageFile;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * One segment as readers see it: the batches from {@link #baseOffset} up to a published end.
 *
 * <p>A read goes to the nearest index entry, walks over batch headers to the batch that holds the offset, then reads and
 * checks whole batches. The walk believes what fits: each batch must begin with the offset behind the last one. As soon as
 * something does not fit, be it damage or a gap, a {@link SegmentScanner} checks every byte instead. So damage costs time, never a wrong record.
 *
 * <p><b>Threads:</b> any; {@link #publish} is called by the partition's writer only.
 */
final class Segment implements Closeable {
    private static final int UNKNOWN = -1;
    private static final int WALK_WINDOW_BYTES = 4096;

    private final SegmentFile file;
    private final SegmentIndexHolder index;
    private final TransactionIndexHolder transactions;
    private final long baseOffset;
    private volatile int end; // bytes in front of it are written and do not change
    private final Storage storage;
    private final String directory;
    private final Object forcing = new Object();
    private volatile int forcedEnd; // bytes in front of it are on the device; written under forcing
    private boolean nameForced; // guarded by forcing
    private volatile Place lastRead = new Place(UNKNOWN, 0); // a hint: a consumer goes on where it stopped

    /** Where the batch that begins with an offset is. */
    private record Place(long offset, int position) {}

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
        return checkedTimes(end).maxTimestamp();
    }

    /** Largest timestamp of the first batch, in milliseconds since 1970; that of a segment without batches is the largest long. */
    long firstTimestamp() {
        int limit = end;
        return limit == 0
                ? Long.MAX_VALUE
                : RecordBatch.at(load(0, BatchLayout.HEADER_BYTES), 0, path(), 0)
                        .maxTimestamp();
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
        return scannerBefore(offset, end, nextSegmentOffset);
    }

    /** The header of a batch that a scanner has found. */
    RecordBatch header(StoredBatch stored) {
        return RecordBatch.at(load(stored.position(), BatchLayout.HEADER_BYTES), 0, path(), stored.position());
    }

    /** A batch that a scanner has found. */
    RecordBatch whole(StoredBatch stored) {
        return RecordBatch.at(load(stored.position(), stored.sizeInBytes()), 0, path(), stored.position());
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
        int position = find(offset, limit);
        FetchedBatches batches = position == UNKNOWN ? null : fetch(position, offset, maxBytes, limit, endOffset);
        if (batches == null) {
            StoredBatch checked = findChecked(offset, limit, nextSegmentOffset);
            position = checked.position();
            batches = fetch(position, Math.max(offset, checked.baseOffset()), maxBytes, limit, endOffset);
        }
        if (batches == null) {
            throw new Defect("other bytes than a moment ago", "an intact batch").at(path(), position);
        }
        return batches;
    }

    /**
     * The first offset whose timestamp is at or behind the given one; empty when all are before it. Records that are damaged
     * are left out.
     *
     * @param startOffset records before it are left out
     * @param nextSegmentOffset the offset behind the last record of this segment
     */
    OptionalLong offsetForTimestamp(long timestamp, long startOffset, long nextSegmentOffset) {
        int limit = end;
        if (limit == 0) {
            return OptionalLong.empty();
        }
        SegmentIndex checked = checkedTimes(limit);
        TimeIndex times = checked.times();
        if (checked.maxTimestamp() < timestamp) {
            return OptionalLong.empty();
        }
        SegmentScanner scanner = scannerFor(times, timestamp, limit, nextSegmentOffset);
        while (scanner.next()) {
            if (scanner.batch().maxTimestamp() >= timestamp) {
                OptionalLong offset = firstAtOrAfter(timestamp, startOffset, scanner.batch());
                if (offset.isPresent()) {
                    return offset;
                }
            }
        }
        return OptionalLong.empty();
    }

    /** The index; made again when it does not end with the timestamp of a batch that is there. */
    private SegmentIndex checkedTimes(int limit) {
        SegmentIndex checked = index.get(limit);
        TimeIndex times = checked.times();
        boolean wrong = index.isComplete() && batchOf(times, times.count() - 1, limit) == null;
        return wrong && index.rebuild(limit) ? index.get(limit) : checked;
    }

    /** Starts at the batch that brought the last timestamp at or below the given one: those before it are all smaller. */
    private SegmentScanner scannerFor(TimeIndex times, long timestamp, int limit, long nextSegmentOffset) {
        int entry = times.floor(timestamp);
        RecordBatch batch = entry < 0 ? null : batchOf(times, entry, limit);
        if (batch == null && entry >= 0 && index.rebuild(limit)) {
            return scannerFor(index.get(limit).times(), timestamp, limit, nextSegmentOffset);
        }
        return batch == null
                ? new SegmentScanner(file(), path(), 0, limit, baseOffset, nextSegmentOffset)
                : new SegmentScanner(
                        file(), path(), (int) batch.filePosition(), limit, batch.baseOffset(), nextSegmentOffset);
    }

    /** The header of the batch that an entry speaks of; null when no such batch is there. */
    private @Nullable RecordBatch batchOf(TimeIndex times, int entry, int limit) {
        int position = entry < 0 ? UNKNOWN : find(baseOffset + times.relativeOffset(entry), limit);
        RecordBatch header = position == UNKNOWN ? null : header(position, limit);
        return header != null && header.maxTimestamp() == times.timestamp(entry) ? header : null;
    }

    private OptionalLong firstAtOrAfter(long timestamp, long startOffset, StoredBatch stored) {
        ByteBuffer bytes = load(stored.position(), stored.sizeInBytes());
        RecordCursor records =
                RecordBatch.at(bytes, 0, path(), stored.position()).verify().records();
        while (records.next()) {
            if (records.timestamp() >= timestamp && records.offset() >= startOffset) {
                return OptionalLong.of(records.offset());
            }
        }
        return OptionalLong.empty(); // compaction took its records, the header stayed
    }

    /** The position of the batch that holds the offset, by headers; {@link #UNKNOWN} when something does not fit. */
    private int find(long offset, int limit) {
        Place hint = lastRead;
        if (hint.offset() == offset && hint.position() < limit) {
            return hint.position();
        }
        int position = walk(offset, limit);
        // An entry that leads nowhere may be the fault of the index, which can be made again.
        return position == UNKNOWN && index.rebuild(limit) ? walk(offset, limit) : position;
    }

    private int walk(long offset, int limit) {
        OffsetIndex offsets = index.get(limit).offsets();
        int entry = offsets.floor(offset - baseOffset);
        int position = entry < 0 ? 0 : offsets.position(entry);
        long expectedBase = entry < 0 ? baseOffset : UNKNOWN;
        ByteBuffer window = ByteBuffer.allocate(Math.max(0, Math.min(WALK_WINDOW_BYTES, limit - position)));
        window.limit(0);
        int windowStart = position;
        while (position <= limit - BatchLayout.HEADER_BYTES) {
            if (position + BatchLayout.HEADER_BYTES > windowStart + window.limit()) {
                window.clear().limit(Math.min(window.capacity(), limit - position));
                if (file().read(window, position) < window.limit()) {
                    return UNKNOWN;
                }
                windowStart = position;
            }
            RecordBatch header = RecordBatch.at(window, position - windowStart, path(), position);
            boolean fits = header.headerDefect(limit - position) == null
                    && (expectedBase == UNKNOWN
                            ? header.lastOffset() == baseOffset + offsets.lastRelativeOffset(entry)
                            : header.baseOffset() == expectedBase);
            if (!fits) {
                return UNKNOWN;
            }
            if (header.lastOffset() >= offset) {
                return position;
            }
            expectedBase = header.nextOffset();
            position += header.sizeInBytes();
        }
        return UNKNOWN;
    }

    /** The batch that holds the offset or follows the gap it is in, with every byte from the index entry before it checked. */
    private StoredBatch findChecked(long offset, int limit, long nextSegmentOffset) {
        SegmentScanner scanner = scannerBefore(offset, limit, nextSegmentOffset);
        while (scanner.next()) {
            StoredBatch batch = scanner.batch();
            if (batch.lastOffset() >= offset) {
                if (batch.baseOffset() <= offset || scanner.damage() == null) {
                    return batch;
                }
                throw unreadable(scanner.damage(), offset, batch.position(), batch.baseOffset());
            }
        }
        throw unreadable(scanner.damage(), offset, limit, nextSegmentOffset);
    }

    private RuntimeException unreadable(@Nullable Damage damage, long offset, int end, long nextOffset) {
        if (damage == null) {
            return new Defect("the end of the segment", "records " + offset + ".." + (nextOffset - 1))
                    .at(path(), end, nextOffset);
        }
        String way = "; records " + damage.firstOffset() + ".." + (nextOffset - 1) + " cannot be read, seek to "
                + nextOffset + " to go on behind them";
        return new Defect(damage.defect().found(), damage.defect().expected() + way)
                .at(path(), damage.position(), nextOffset);
    }

    private SegmentScanner scannerBefore(long offset, int limit, long nextSegmentOffset) {
        OffsetIndex offsets = index.get(limit).offsets();
        for (int entry = offsets.floor(offset - baseOffset); entry >= 0; entry--) {
            int position = offsets.position(entry);
            RecordBatch header = position < limit ? header(position, limit) : null;
            if (header != null && header.lastOffset() == baseOffset + offsets.lastRelativeOffset(entry)) {
                return new SegmentScanner(file(), path(), position, limit, header.baseOffset(), nextSegmentOffset);
            }
        }
        return new SegmentScanner(file(), path(), 0, limit, baseOffset, nextSegmentOffset);
    }

    /** The header at a position; null when there cannot be one. */
    private @Nullable RecordBatch header(int position, int limit) {
        if (position > limit - BatchLayout.HEADER_BYTES) {
            return null;
        }
        RecordBatch header = RecordBatch.at(load(position, BatchLayout.HEADER_BYTES), 0, path(), position);
        return header.headerDefect(limit - position) == null ? header : null;
    }

    /** Batches from a position on, all intact and without a gap; null when the first is not, or does not hold the offset. */
    private @Nullable FetchedBatches fetch(int position, long offset, int maxBytes, int limit, long endOffset) {
        int available = limit - position;
        if (available < BatchLayout.HEADER_BYTES) {
            return null;
        }
        ByteBuffer bytes = load(position, Math.min(available, Math.max(maxBytes, BatchLayout.HEADER_BYTES)));
        long firstSize = RecordBatch.claimedSize(bytes, 0);
        if (firstSize < BatchLayout.HEADER_BYTES || firstSize > available) {
            return null;
        }
        if (firstSize > bytes.limit()) {
            bytes = load(position, (int) firstSize);
        }
        int at = 0;
        long nextOffset = UNKNOWN;
        while (at <= bytes.limit() - BatchLayout.HEADER_BYTES) {
            RecordBatch batch = RecordBatch.at(bytes, at, path(), position + (long) at);
            boolean follows = at == 0
                    ? batch.baseOffset() <= offset && batch.lastOffset() >= offset
                    : batch.baseOffset() == nextOffset;
            if (!follows || !batch.isValid()) {
                break; // damaged, or cut by maxBytes: the read that begins with it will tell
            }
            if (batch.baseOffset() >= endOffset) {
                if (at == 0) { // the offset lies in a gap before it
                    return FetchedBatches.none(offset);
                }
                break; // its bytes are published, but it is not to be seen yet
            }
            nextOffset = batch.nextOffset();
            at += batch.sizeInBytes();
        }
        if (at == 0) {
            return null;
        }
        lastRead = new Place(nextOffset, position + at);
        return new FetchedBatches(bytes.limit(at), path(), position, nextOffset);
    }

    private ByteBuffer load(int position, int length) {
        ByteBuffer bytes = ByteBuffer.allocate(length);
        int read = file().read(bytes, position);
        if (read < length) {
            throw new Defect("the end of the file at " + (position + (long) read), end + " bytes").at(path(), position);
        }
        return bytes.flip();
    }

    @Override
    public void close() {
        file.close();
    }
}
