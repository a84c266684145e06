package io.tailrace.log.partition;

import io.tailrace.common.errors.StorageException;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.Storage;
import io.tailrace.log.storage.StorageFile;
import java.nio.ByteBuffer;

/**
 * The last segment of a partition, as its writer sees it. A batch is one write behind the published end; whatever a write
 * that failed has left there is cut off before the next one.
 *
 * <p><b>Owner:</b> the partition's writer, under its lock.
 */
final class ActiveSegment {
    private final Segment segment;
    private final StorageFile file;
    private final SegmentIndex index;
    private final int segmentBytes;
    private boolean leftovers;
    private boolean sealing;

    private ActiveSegment(Segment segment, StorageFile file, SegmentIndex index, int segmentBytes) {
        this.segment = segment;
        this.file = file;
        this.index = index;
        this.segmentBytes = segmentBytes;
    }

    /** Makes the file of a new segment. */
    static ActiveSegment create(Storage storage, String directory, long baseOffset, PartitionConfig config) {
        storage.open(directory + "/" + SegmentName.of(baseOffset, SegmentName.LOG), OpenMode.READ_WRITE)
                .close();
        return open(storage, directory, baseOffset, 0, SegmentIndex.empty(config.indexIntervalBytes()), config);
    }

    /**
     * Goes on with a segment that recovery has been over.
     *
     * @param end of its last batch
     */
    static ActiveSegment open(
            Storage storage, String directory, long baseOffset, int end, SegmentIndex index, PartitionConfig config) {
        Segment segment = new Segment(storage, directory, baseOffset, end, config, index);
        return new ActiveSegment(segment, segment.file(), index, config.segmentBytes());
    }

    Segment segment() {
        return segment;
    }

    /** Whether another batch fits, by its size and by its offsets, which the index stores in an int. */
    boolean hasRoomFor(int sizeInBytes, long lastOffset) {
        // Once the next segment may have a file, an append here would be hidden behind it after a restart.
        if (sealing) {
            return false;
        }
        int end = segment.end();
        return end == 0
                || (end + (long) sizeInBytes <= segmentBytes && lastOffset - segment.baseOffset() <= Integer.MAX_VALUE);
    }

    /**
     * Writes a batch that has its offsets already, and shows it to readers of this segment.
     *
     * @param bytes the batch, from position to limit; both stay
     * @throws StorageException when the write fails; the segment is then as before
     */
    void append(ByteBuffer bytes, RecordBatch batch) {
        int position = segment.end();
        int start = bytes.position();
        cutLeftovers();
        leftovers = true;
        try {
            file.write(bytes, position);
        } catch (StorageException e) {
            cutNow(e);
            throw e;
        } finally {
            bytes.position(start);
        }
        leftovers = false;
        int size = bytes.remaining();
        segment.publish(position + size);
        index.onBatch((int) (batch.lastOffset() - segment.baseOffset()), position, size, batch.maxTimestamp());
    }

    // A part of a batch on a full disk is of no use, and whoever copies the file should not find it. What cannot be cut
    // now
    // is cut before the next append, at the end, or by recovery.
    private void cutNow(StorageException failure) {
        try {
            cutLeftovers();
        } catch (StorageException e) {
            failure.addSuppressed(e);
        }
    }

    /** The segment is full: stores its indexes, which need not be forced. It takes no more, also when this fails: try again. */
    void seal(long endOffset, boolean hasTransactions) {
        sealing = true;
        cutLeftovers();
        segment.seal(endOffset, hasTransactions);
    }

    /** Leaves nothing in the file that is not a batch. */
    void trim() {
        cutLeftovers();
    }

    private void cutLeftovers() {
        if (leftovers) {
            file.truncate(segment.end());
            leftovers = false;
        }
    }
}
