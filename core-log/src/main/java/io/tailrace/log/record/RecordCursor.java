package io.tailrace.log.record;

import io.tailrace.common.TimestampType;
import io.tailrace.common.header.RecordHeaders;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the records of one batch: {@link #next} steps on, the other methods show the record it stands on. Bytes are
 * copied when they are asked for, once; headers are decoded when they are asked for.
 *
 * <p><b>Owner:</b> one thread. <b>Errors:</b> {@link io.tailrace.common.errors.CorruptRecordException} when a length leads
 * out of its record, or a record out of its batch; no array is made before its length has been checked.
 */
public final class RecordCursor {
    private static final int NULL_LENGTH = -1;
    private static final int MIN_HEADER_BYTES = 2;

    private final RecordBatch batch;
    private final ByteBuffer buffer;
    private final int batchEnd;
    private final int count;
    private final long baseOffset;
    private final long baseTimestamp;
    private final long assignedTimestamp;
    private final boolean timestampsAssigned;

    private int seen;
    private int at; // next byte to decode
    private int recordEnd;
    private int offsetDelta = -1;
    private long timestamp;
    private int tailAt; // of everything behind the offset
    private int keyAt;
    private int keyLength;
    private int valueAt;
    private int valueLength;
    private int headersAt;
    private int headerCount;

    RecordCursor(RecordBatch batch, ByteBuffer buffer, int start, int end) {
        this.batch = batch;
        this.buffer = buffer;
        this.recordEnd = start;
        this.batchEnd = end;
        this.count = batch.count();
        this.baseOffset = batch.baseOffset();
        this.baseTimestamp = batch.baseTimestamp();
        this.assignedTimestamp = batch.maxTimestamp();
        this.timestampsAssigned = batch.timestampType() == TimestampType.LOG_APPEND_TIME;
    }

    /** Steps to the next record; false when there is none. */
    public boolean next() {
        at = recordEnd;
        if (seen == count) {
            if (at != batchEnd) {
                throw corrupt((batchEnd - at) + " bytes behind the last record", "none");
            }
            return false;
        }
        recordEnd = batchEnd;
        int length = readInt();
        if (length < BatchLayout.MIN_RECORD_BYTES - 1 || length > batchEnd - at) {
            throw corrupt("record length " + length, (BatchLayout.MIN_RECORD_BYTES - 1) + ".." + (batchEnd - at));
        }
        recordEnd = at + length;
        at++; // attributes, unused by the format
        long timestampDelta = readLong();
        timestamp = timestampsAssigned ? assignedTimestamp : baseTimestamp + timestampDelta;
        int delta = readInt();
        if (delta <= offsetDelta || delta > batch.lastOffsetDelta()) {
            throw corrupt("offset delta " + delta, (offsetDelta + 1) + ".." + batch.lastOffsetDelta());
        }
        offsetDelta = delta;
        tailAt = at;
        keyLength = readLength("key", NULL_LENGTH);
        keyAt = at;
        at += Math.max(keyLength, 0);
        valueLength = readLength("value", NULL_LENGTH);
        valueAt = at;
        at += Math.max(valueLength, 0);
        headerCount = readInt();
        headersAt = at;
        int mostHeaders = (recordEnd - at) / MIN_HEADER_BYTES;
        if (headerCount < 0 || headerCount > mostHeaders) {
            throw corrupt(headerCount + " headers", "0.." + mostHeaders);
        }
        if (headerCount == 0 && at != recordEnd) {
            throw corrupt((recordEnd - at) + " bytes behind the fields of a record", "none");
        }
        seen++;
        return true;
    }

    public long offset() {
        return baseOffset + offsetDelta;
    }

    int offsetDelta() {
        return offsetDelta;
    }

    /** Key, value and headers as they are stored, in place. */
    ByteBuffer tail() {
        return buffer.slice(tailAt, recordEnd - tailAt);
    }

    /** In milliseconds since 1970. */
    public long timestamp() {
        return timestamp;
    }

    /** In bytes; -1 when the key is null. */
    public int keyLength() {
        return keyLength;
    }

    /** A new array; null when the record has no key. */
    public byte @Nullable [] key() {
        return keyLength == NULL_LENGTH ? null : copy(keyAt, keyLength);
    }

    /** The key's bytes in place (of what was expanded, if the batch is compressed), read-only; null when the record has no key. */
    public @Nullable ByteBuffer keyBuffer() {
        return keyLength == NULL_LENGTH ? null : buffer.slice(keyAt, keyLength).asReadOnlyBuffer();
    }

    /** In bytes; -1 when the value is null. */
    public int valueLength() {
        return valueLength;
    }

    /** A new array; null when the record has no value. */
    public byte @Nullable [] value() {
        return valueLength == NULL_LENGTH ? null : copy(valueAt, valueLength);
    }

    /** The value's bytes in place, read-only; null when the record has no value. */
    public @Nullable ByteBuffer valueBuffer() {
        return valueLength == NULL_LENGTH
                ? null
                : buffer.slice(valueAt, valueLength).asReadOnlyBuffer();
    }

    /** How many headers the record has; costs nothing. */
    public int headerCount() {
        return headerCount;
    }

    /** Decoded by each call into a new, writable object. */
    public RecordHeaders headers() {
        RecordHeaders headers = new RecordHeaders();
        if (headerCount == 0) {
            return headers;
        }
        at = headersAt;
        for (int i = 0; i < headerCount; i++) {
            int headerKeyLength = readLength("header key", 0);
            String headerKey = new String(copy(at, headerKeyLength), StandardCharsets.UTF_8);
            at += headerKeyLength;
            int headerValueLength = readLength("header value", NULL_LENGTH);
            headers.add(headerKey, headerValueLength == NULL_LENGTH ? null : copy(at, headerValueLength));
            at += Math.max(headerValueLength, 0);
        }
        if (at != recordEnd) {
            throw corrupt((recordEnd - at) + " bytes behind the headers of a record", "none");
        }
        return headers;
    }

    private byte[] copy(int from, int length) {
        byte[] copy = new byte[length];
        buffer.get(from, copy);
        return copy;
    }

    private int readLength(String what, int least) {
        int length = readInt();
        if (length < least || length > recordEnd - at) {
            throw corrupt(what + " length " + length, least + ".." + (recordEnd - at));
        }
        return length;
    }

    private int readInt() {
        long bits = readBits(Integer.SIZE);
        return Varint.decode((int) bits);
    }

    private long readLong() {
        return Varint.decode(readBits(Long.SIZE));
    }

    /** Seven bits a byte, lowest first; more bits than the type has are an error, not lost. */
    private long readBits(int typeBits) {
        long bits = 0;
        for (int shift = 0; shift < typeBits; shift += 7) {
            if (at >= recordEnd) {
                throw corrupt("the end of the record inside a number", "another byte");
            }
            long next = buffer.get(at++);
            long payload = next & 0x7f;
            if (shift + 7 > typeBits && payload >>> (typeBits - shift) != 0) {
                break;
            }
            bits |= payload << shift;
            if (next >= 0) {
                return bits;
            }
        }
        throw corrupt("a varint of more than " + typeBits + " bits", "at most " + typeBits);
    }

    private RuntimeException corrupt(String found, String expected) {
        long ordinal = seen + 1L;
        return new Defect(
                        found + " in record " + ordinal + " of " + count + " in the batch from offset " + baseOffset,
                        expected)
                .at(batch.file(), batch.filePosition());
    }
}
