package io.tailrace.log.partition;

/**
 * A full segment, for maintenance: what it holds and its batches.
 *
 * <p><b>Threads:</b> any.
 */
public final class SealedSegment {
    private final Segment segment;
    private final long nextOffset;

    SealedSegment(Segment segment, long nextOffset) {
        this.segment = segment;
        this.nextOffset = nextOffset;
    }

    Segment segment() {
        return segment;
    }

    public long baseOffset() {
        return segment.baseOffset();
    }

    /** Where the next segment begins. */
    public long nextOffset() {
        return nextOffset;
    }

    /** Of its log file. */
    public int sizeInBytes() {
        return segment.end();
    }

    /** Largest timestamp of a record, in milliseconds since 1970. */
    public long maxTimestamp() {
        return segment.maxTimestamp();
    }

    /** Of the first batch, in milliseconds since 1970. */
    public long firstTimestamp() {
        return segment.firstTimestamp();
    }

    /**
     * Reads whole, checked batches.
     *
     * @param offset within the segment
     * @param maxBytes not exceeded, unless the first batch alone is larger
     * @throws io.tailrace.common.errors.CorruptRecordException when the batch that holds the offset is damaged
     */
    public FetchedBatches read(long offset, int maxBytes) {
        return segment.read(offset, maxBytes, nextOffset, nextOffset);
    }

    @Override
    public String toString() {
        return segment.path();
    }
}
