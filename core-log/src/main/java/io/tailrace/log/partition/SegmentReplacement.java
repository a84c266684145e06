package io.tailrace.log.partition;

import io.tailrace.common.errors.StorageException;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.Storage;
import io.tailrace.log.storage.StorageFile;
import java.io.Closeable;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * One segment that is written to take the place of some neighbours with the same offsets; see {@link SegmentFiles} for the
 * files. Readers see the old ones until {@link #commit}, and then the new one.
 *
 * <p><b>Owner:</b> one thread, which closes it; closing one that was not committed leaves everything as it was.
 */
public final class SegmentReplacement implements Closeable {
    private static final int BUFFER_BYTES = 256 * 1024;

    private final PartitionHistory history;
    private final Storage storage;
    private final String directory;
    private final PartitionConfig config;
    private final List<SealedSegment> old;
    private final String path;
    private final StorageFile file;
    private final SegmentIndex index;
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private int written;
    private long nextOffset;
    private boolean done;

    SegmentReplacement(
            PartitionHistory history,
            Storage storage,
            String directory,
            PartitionConfig config,
            List<SealedSegment> old) {
        this.history = history;
        this.storage = storage;
        this.directory = directory;
        this.config = config;
        this.old = old;
        this.nextOffset = old.get(0).baseOffset();
        this.path = SegmentFiles.log(directory, nextOffset) + SegmentFiles.CLEANED;
        this.index = SegmentIndex.empty(config.indexIntervalBytes());
        this.file = storage.open(path, OpenMode.READ_WRITE);
        file.truncate(0);
    }

    /** Where the next batch has to begin. */
    public long nextOffset() {
        return nextOffset;
    }

    /** So far. */
    public int sizeInBytes() {
        return written + buffer.position();
    }

    /**
     * Appends a batch that has its offsets already.
     *
     * @param bytes from position to limit, both of which stay; not kept
     * @throws IllegalArgumentException when it does not begin where the last one ended
     * @throws ArithmeticException when the segment would become larger than a file can be (2 GiB)
     */
    public void append(ByteBuffer bytes) {
        RecordBatch batch = RecordBatch.at(bytes, bytes.position(), path, sizeInBytes());
        if (batch.baseOffset() != nextOffset) {
            throw new IllegalArgumentException(batch + ", expected one from offset " + nextOffset);
        }
        int size = bytes.remaining();
        int position = sizeInBytes();
        Math.addExact(position, size);
        if (size > buffer.remaining()) {
            flush();
        }
        if (size > buffer.remaining()) {
            file.write(bytes.duplicate(), written);
            written += size;
        } else {
            buffer.put(bytes.duplicate());
        }
        index.onBatch((int) (batch.lastOffset() - old.get(0).baseOffset()), position, size, batch.maxTimestamp());
        nextOffset = batch.nextOffset();
    }

    private void flush() {
        buffer.flip();
        int size = buffer.remaining();
        file.write(buffer, written);
        written += size;
        buffer.clear();
    }

    /**
     * Puts the new segment in the place of the old ones, whose files are deleted. It survives a power loss when this returns.
     *
     * @throws StorageException when the device refuses: before the new segment counts, everything is as it was; afterwards
     *     readers use it, and what is left to do is done when the partition is opened again
     */
    public void commit() {
        long end = old.get(old.size() - 1).nextOffset();
        if (nextOffset != end) {
            throw new IllegalStateException("batches up to offset " + nextOffset + ", expected " + end);
        }
        flush();
        file.force();
        file.close();
        synchronized (history) {
            history.awaitRelease();
            history.checkOpen();
            install(end);
        }
    }

    private void install(long end) {
        String swap = SegmentFiles.log(directory, old.get(0).baseOffset()) + SegmentFiles.SWAP;
        storage.rename(path, swap);
        try {
            storage.forceDirectory(directory); // from here on the new segment counts
        } catch (StorageException e) {
            storage.delete(swap);
            throw e;
        }
        done = true;
        history.replace(
                old.stream().map(SealedSegment::segment).toList(),
                Segment.replacing(storage, directory, old.get(0).baseOffset(), written, config, index, swap),
                end);
    }

    /** Forgets what was written, unless it was committed. */
    @Override
    public void close() {
        if (!done) {
            done = true;
            file.close();
            storage.delete(path);
        }
    }
}
