package io.tailrace.log.inspect;

import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.Storage;
import io.tailrace.log.storage.StorageFile;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A new segment that gets batches with the offsets they have, and its indexes. Owner: one thread.
 *
 * <p>The indexes follow the log's own rule: at most one entry for so many bytes of log.
 */
final class SegmentCopy implements Closeable {
    private static final int INDEX_INTERVAL_BYTES = 4096;

    private final Storage storage;
    private final String path;
    private final long baseOffset;
    private final StorageFile file;
    private final ByteArrayOutputStream offsets = new ByteArrayOutputStream();
    private final ByteArrayOutputStream times = new ByteArrayOutputStream();
    private final List<AbortedEntry> aborted = new ArrayList<>();
    private long end;
    private long bytesSinceEntry;
    private long maxTimestamp = Long.MIN_VALUE;
    private long offsetOfMaxTimestamp;
    private long lastTimeEntry = Long.MIN_VALUE;

    /** @param directory of the partition, which exists */
    SegmentCopy(Storage storage, String directory, long baseOffset) {
        this.storage = storage;
        this.path = directory + "/" + String.format(Locale.ROOT, "%020d", baseOffset);
        this.baseOffset = baseOffset;
        this.file = storage.open(path + ".log", OpenMode.READ_WRITE);
    }

    /** Whether the offsets of a batch can be indexed here. */
    boolean hasRoomFor(RecordBatch batch) {
        return end + batch.sizeInBytes() <= Integer.MAX_VALUE && batch.lastOffset() - baseOffset <= Integer.MAX_VALUE;
    }

    void append(RecordBatch batch, @Nullable AbortedEntry abortedEntry) {
        long position = end;
        file.write(batch.bytes(), position);
        end += batch.sizeInBytes();
        if (batch.maxTimestamp() > maxTimestamp || position == 0) {
            maxTimestamp = batch.maxTimestamp();
            offsetOfMaxTimestamp = batch.lastOffset();
        }
        if (bytesSinceEntry > INDEX_INTERVAL_BYTES) {
            offsets.writeBytes(ByteBuffer.allocate(IndexFiles.OFFSET_ENTRY_BYTES)
                    .putInt((int) (batch.lastOffset() - baseOffset))
                    .putInt((int) position)
                    .array());
            addTimeEntry();
            bytesSinceEntry = 0;
        }
        bytesSinceEntry += batch.sizeInBytes();
        if (abortedEntry != null) {
            aborted.add(abortedEntry);
        }
    }

    private void addTimeEntry() {
        if (times.size() == 0 || maxTimestamp > lastTimeEntry) {
            times.writeBytes(ByteBuffer.allocate(IndexFiles.TIME_ENTRY_BYTES)
                    .putLong(maxTimestamp)
                    .putInt((int) (offsetOfMaxTimestamp - baseOffset))
                    .array());
            lastTimeEntry = maxTimestamp;
        }
    }

    /**
     * The segment is complete; everything survives a power loss when this returns and the directory is forced.
     *
     * @param last whether it is the last one of the partition, which the log goes on with and keeps no index files of
     */
    void finish(boolean last) {
        file.force();
        if (!aborted.isEmpty()) {
            storage.writeAtomically(path + ".txnindex", IndexFiles.encodeAborted(aborted));
        }
        if (!last && end > 0) {
            addTimeEntry();
            storage.writeAtomically(path + ".index", offsets.toByteArray());
            storage.writeAtomically(path + ".timeindex", times.toByteArray());
        }
    }

    @Override
    public void close() {
        file.close();
    }
}
