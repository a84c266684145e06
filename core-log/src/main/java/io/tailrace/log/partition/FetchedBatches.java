package io.tailrace.log.partition;

import io.tailrace.log.record.RecordBatch;
import java.nio.ByteBuffer;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Whole, checked batches as they are stored, one behind the other. The first one holds the offset that was asked for, but may
 * start before it: skip its records below that offset. When the offset lies in a gap, the first one starts behind it. A batch
 * can have fewer records than offsets, or none.
 *
 * <p><b>Threads:</b> any; it is a copy that nobody changes.
 */
public final class FetchedBatches implements Iterable<RecordBatch> {
    private final ByteBuffer bytes;
    private final String file;
    private final long filePosition;
    private final long nextOffset;
    private final List<AbortedTransaction> abortedTransactions;

    FetchedBatches(ByteBuffer bytes, String file, long filePosition, long nextOffset) {
        this(bytes, file, filePosition, nextOffset, List.of());
    }

    private FetchedBatches(
            ByteBuffer bytes,
            String file,
            long filePosition,
            long nextOffset,
            List<AbortedTransaction> abortedTransactions) {
        this.bytes = bytes;
        this.file = file;
        this.filePosition = filePosition;
        this.nextOffset = nextOffset;
        this.abortedTransactions = abortedTransactions;
    }

    FetchedBatches with(List<AbortedTransaction> aborted) {
        return new FetchedBatches(bytes, file, filePosition, nextOffset, List.copyOf(aborted));
    }

    /** What a read at the log end offset returns. */
    static FetchedBatches none(long offset) {
        return new FetchedBatches(ByteBuffer.allocate(0), "", 0, offset);
    }

    public boolean isEmpty() {
        return !bytes.hasRemaining();
    }

    public int sizeInBytes() {
        return bytes.remaining();
    }

    /** The offset to read next: behind the last batch, or the one asked for when there is no batch. */
    public long nextOffset() {
        return nextOffset;
    }

    /**
     * The aborted transactions that these batches have records of, for {@link AbortedTransactions}; none unless the batches were
     * read as {@link io.tailrace.log.api.IsolationLevel#READ_COMMITTED}.
     */
    public List<AbortedTransaction> abortedTransactions() {
        return abortedTransactions;
    }

    /** All batches, read-only, from position to limit. */
    public ByteBuffer bytes() {
        return bytes.asReadOnlyBuffer();
    }

    @Override
    public Iterator<RecordBatch> iterator() {
        return new Iterator<>() {
            private int at;

            @Override
            public boolean hasNext() {
                return at < bytes.limit();
            }

            @Override
            public RecordBatch next() {
                if (!hasNext()) {
                    throw new NoSuchElementException("no more batches");
                }
                RecordBatch batch = RecordBatch.at(bytes, at, file, filePosition + at);
                at += batch.sizeInBytes();
                return batch;
            }
        };
    }
}
