package io.tailrace.log.record;

import io.tailrace.common.TimestampType;
import io.tailrace.common.errors.CorruptRecordException;
import io.tailrace.log.record.compress.Codec;
import io.tailrace.log.record.compress.DecompressionException;
import java.nio.ByteBuffer;
import java.util.OptionalLong;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One batch in a buffer, read in place ({@link BatchLayout}). Making one looks at nothing; {@link #verify} says whether the
 * bytes are what was written.
 *
 * <p><b>Threads:</b> any, as long as the buffer's bytes do not change; its position and limit are not used after {@link #at}.
 */
public final class RecordBatch {
    private final ByteBuffer buffer;
    private final int start;
    private final int limit;
    private final String file;
    private final long filePosition;

    private RecordBatch(ByteBuffer buffer, int start, int limit, String file, long filePosition) {
        this.buffer = buffer;
        this.start = start;
        this.limit = limit;
        this.file = file;
        this.filePosition = filePosition;
    }

    /**
     * The batch that starts at {@code index} of the buffer and ends at its limit or before.
     *
     * @param buffer kept, big-endian
     * @param file where the bytes are from, for error messages
     * @param filePosition of the batch in that file
     * @throws CorruptRecordException when there is no room for a header before the limit
     */
    public static RecordBatch at(ByteBuffer buffer, int index, String file, long filePosition) {
        int available = buffer.limit() - index;
        if (index < 0 || available < BatchLayout.HEADER_BYTES) {
            throw new Defect(available + " bytes", "a batch header of " + BatchLayout.HEADER_BYTES)
                    .at(file, filePosition);
        }
        return new RecordBatch(buffer, index, buffer.limit(), file, filePosition);
    }

    /**
     * The size that the header of a batch claims, in bytes; nothing else is looked at. Can be any number, so compare it with
     * {@link BatchLayout#HEADER_BYTES} and with what is there.
     */
    public static long claimedSize(ByteBuffer buffer, int index) {
        return (long) buffer.getInt(index + BatchLayout.LENGTH) + BatchLayout.LENGTH_EXCLUDES_BYTES;
    }

    /** Header included. */
    public int sizeInBytes() {
        return (int) Math.min(claimedSize(buffer, start), Integer.MAX_VALUE);
    }

    /** Offset of the first record. */
    public long baseOffset() {
        return buffer.getLong(start + BatchLayout.BASE_OFFSET);
    }

    /** Offset of the last record. */
    public long lastOffset() {
        return baseOffset() + lastOffsetDelta();
    }

    /** The offset behind the last record. */
    public long nextOffset() {
        return lastOffset() + 1;
    }

    /** Records in the batch. */
    public int count() {
        return buffer.getInt(start + BatchLayout.RECORD_COUNT);
    }

    /** What the timestamps of records are stored relative to: that of the first one, or the delete horizon. */
    public long baseTimestamp() {
        return buffer.getLong(start + BatchLayout.BASE_TIMESTAMP);
    }

    /** The largest timestamp of a record. */
    public long maxTimestamp() {
        return buffer.getLong(start + BatchLayout.MAX_TIMESTAMP);
    }

    /**
     * From when on compaction may take the tombstones and markers of this batch away, in milliseconds since 1970; empty when
     * compaction has not seen them yet (KIP-534).
     */
    public OptionalLong deleteHorizonMs() {
        return (attributes() & BatchLayout.DELETE_HORIZON_FLAG) == 0
                ? OptionalLong.empty()
                : OptionalLong.of(baseTimestamp());
    }

    /** Whether the timestamps are the producer's, or all are {@link #maxTimestamp} as the log assigned it. */
    public TimestampType timestampType() {
        return (attributes() & BatchLayout.LOG_APPEND_TIME_FLAG) == 0
                ? TimestampType.CREATE_TIME
                : TimestampType.LOG_APPEND_TIME;
    }

    /** As stored; see {@link BatchLayout}. */
    public short attributes() {
        return buffer.getShort(start + BatchLayout.ATTRIBUTES);
    }

    /** Whether the batch holds a transaction's end marker instead of records of a user. */
    public boolean isControl() {
        return (attributes() & BatchLayout.CONTROL_FLAG) != 0;
    }

    public boolean isTransactional() {
        return (attributes() & BatchLayout.TRANSACTIONAL_FLAG) != 0;
    }

    /** Whether the producer is idempotent: {@link #producerId}, {@link #producerEpoch} and {@link #baseSequence} mean something. */
    public boolean hasProducer() {
        return producerId() > BatchLayout.NO_PRODUCER;
    }

    /** {@link BatchLayout#NO_PRODUCER} when the producer is not idempotent. */
    public long producerId() {
        return buffer.getLong(start + BatchLayout.PRODUCER_ID);
    }

    public short producerEpoch() {
        return buffer.getShort(start + BatchLayout.PRODUCER_EPOCH);
    }

    /** Of the first record; {@link BatchLayout#NO_SEQUENCE} when the records are not numbered. */
    public int baseSequence() {
        return buffer.getInt(start + BatchLayout.BASE_SEQUENCE);
    }

    /** Of the last record; 0 follows the largest int. {@link BatchLayout#NO_SEQUENCE} when the records are not numbered. */
    public int lastSequence() {
        int base = baseSequence();
        return base < 0 ? BatchLayout.NO_SEQUENCE : ProducerStamp.sequenceAfter(base, lastOffsetDelta());
    }

    public int partitionLeaderEpoch() {
        return buffer.getInt(start + BatchLayout.LEADER_EPOCH);
    }

    /** The checksum as stored. */
    public int crc() {
        return buffer.getInt(start + BatchLayout.CRC);
    }

    /** Whether {@link #verify} would pass. */
    public boolean isValid() {
        return defect() == null;
    }

    /**
     * Passes when the whole batch is in the buffer and is what was written.
     *
     * @return this
     * @throws CorruptRecordException with the first thing that is wrong
     */
    public RecordBatch verify() {
        Defect defect = defect();
        if (defect != null) {
            throw defect.at(file, filePosition);
        }
        return this;
    }

    private @Nullable Defect defect() {
        Defect defect = headerDefect(limit - start);
        if (defect != null) {
            return defect;
        }
        CRC32C computed = new CRC32C();
        computed.update(slice(start + BatchLayout.ATTRIBUTES, sizeInBytes() - BatchLayout.ATTRIBUTES));
        int value = (int) computed.getValue();
        return value == crc() ? null : Defect.crc(crc(), value);
    }

    /**
     * Looks at the header only: the fields must fit each other and {@code availableBytes}. Null when they do, which does not
     * yet say that the bytes are those that were written.
     *
     * @param availableBytes from the start of this batch to the end of the file or buffer it is in
     */
    public @Nullable Defect headerDefect(long availableBytes) {
        byte magic = buffer.get(start + BatchLayout.MAGIC);
        if (magic != BatchLayout.MAGIC_V2) {
            return new Defect("magic " + magic, "2, a record batch");
        }
        long size = claimedSize(buffer, start);
        if (size < BatchLayout.HEADER_BYTES || size > availableBytes) {
            return new Defect("a batch of " + size + " bytes", BatchLayout.HEADER_BYTES + ".." + availableBytes);
        }
        int delta = lastOffsetDelta();
        if (baseOffset() < 0 || delta < 0 || baseOffset() > Long.MAX_VALUE - delta - 1) {
            return new Defect("offsets from " + baseOffset() + ", " + delta + " more", "0 or more");
        }
        int count = count();
        long mostRecords = compression() == 0
                ? Math.min(delta + 1L, (size - BatchLayout.HEADER_BYTES) / BatchLayout.MIN_RECORD_BYTES)
                : delta + 1L;
        if (count < 0 || count > mostRecords) {
            return new Defect(count + " records", "0.." + mostRecords);
        }
        return null;
    }

    /**
     * The records of the batch, which has been verified. Compressed ones are expanded, all at once, by each call.
     *
     * @throws CorruptRecordException when they do not expand, or to more than {@link Codec#MAX_EXPANDED_BYTES}
     * @throws UnsupportedCompressionException when the codec is not known
     */
    public RecordCursor records() {
        int end = start + verifiedSize();
        int recordsAt = start + BatchLayout.HEADER_BYTES;
        Codec codec = codec();
        if (codec == Codec.NONE) {
            return new RecordCursor(this, buffer, recordsAt, end);
        }
        if (recordsAt == end && count() == 0) { // compaction leaves such; there is not even a frame
            return new RecordCursor(this, buffer, recordsAt, end);
        }
        ByteBuffer expanded = expand(codec, recordsAt, end);
        return new RecordCursor(this, expanded, 0, expanded.limit());
    }

    private ByteBuffer expand(Codec codec, int from, int end) {
        try {
            if (buffer.hasArray()) {
                int array = buffer.arrayOffset();
                return codec.expand(buffer.array(), array + from, array + end, Codec.MAX_EXPANDED_BYTES);
            }
            byte[] copy = new byte[end - from];
            buffer.get(from, copy);
            return codec.expand(copy, 0, copy.length, Codec.MAX_EXPANDED_BYTES);
        } catch (DecompressionException e) {
            CorruptRecordException corrupt = new Defect(e.found(), e.expected()).at(file, filePosition);
            corrupt.initCause(e);
            throw corrupt;
        }
    }

    /** Shows all records to {@code visitor}, in order; errors as of {@link #records} and {@link RecordCursor#next}. */
    public void forEachRecord(RecordVisitor visitor) {
        RecordCursor cursor = records();
        while (cursor.next()) {
            visitor.onRecord(cursor);
        }
    }

    /**
     * How the records are compressed.
     *
     * @throws UnsupportedCompressionException when the number is none of Kafka's
     */
    public Codec codec() {
        Codec codec = Codec.byId(compression());
        if (codec == null) {
            throw new UnsupportedCompressionException(file, filePosition, compression());
        }
        return codec;
    }

    /** The codec's number, whether it is a known one or not. */
    public int compression() {
        return attributes() & BatchLayout.COMPRESSION_MASK;
    }

    /** The whole batch as it is stored, read-only, from position to limit. */
    public ByteBuffer bytes() {
        return slice(start, sizeInBytes()).asReadOnlyBuffer();
    }

    /** Where the batch is from. */
    public String file() {
        return file;
    }

    /** Of the batch in {@link #file}. */
    public long filePosition() {
        return filePosition;
    }

    int lastOffsetDelta() {
        return buffer.getInt(start + BatchLayout.LAST_OFFSET_DELTA);
    }

    // Records are read within the claimed size, so that much is checked even when nobody called verify().
    private int verifiedSize() {
        Defect defect = headerDefect(limit - start);
        if (defect != null) {
            throw defect.at(file, filePosition);
        }
        return sizeInBytes();
    }

    private ByteBuffer slice(int index, int length) {
        return buffer.duplicate().limit(index + length).position(index);
    }

    @Override
    public String toString() {
        return "batch of " + count() + " records from offset " + baseOffset() + ", " + file + " at " + filePosition;
    }
}
