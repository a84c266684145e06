package io.tailrace.log.group;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.InvalidGroupIdException;
import io.tailrace.common.errors.SerializationException;
import io.tailrace.log.api.OffsetAndMetadata;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Offset commits as Kafka stores them in {@code __consumer_offsets}: key version 1, value version 3, big-endian.
 *
 * <pre>
 * key:    int16 version = 1 | string group | string topic | int32 partition
 * value:  int16 version = 3 | int64 offset | int32 leader epoch = -1 | string metadata | int64 commit timestamp
 * string: int16 length in bytes | UTF-8
 * </pre>
 *
 * <p>There are no leader epochs in one process, so the field is always -1, which Kafka reads as "unknown".
 *
 * <p>Values of the other versions that Kafka has written are read, too: 0 to 2 have no leader epoch, 1 an int64 expiry behind
 * the commit timestamp; 4 has its string and its end as flexible versions do (KIP-482), the topic's id among the tagged fields.
 *
 * @see <a href="https://github.com/apache/kafka/tree/trunk/group-coordinator/src/main/resources/common/message">
 *     OffsetCommitKey.json and OffsetCommitValue.json</a>
 */
public final class OffsetRecordCodec {
    private static final short KEY_VERSION = 1;
    private static final short VALUE_VERSION = 3;
    private static final short EXPIRING_VALUE_VERSION = 1;
    private static final short FLEXIBLE_VALUE_VERSION = 4;
    private static final short LAST_VALUE_VERSION = 4;
    private static final int NO_LEADER_EPOCH = -1;

    private OffsetRecordCodec() {}

    /** @throws InvalidGroupIdException when the group's id is longer than the format can hold */
    public static byte[] encodeKey(String group, TopicPartition partition) {
        byte[] groupBytes = group.getBytes(StandardCharsets.UTF_8);
        if (groupBytes.length > Short.MAX_VALUE) {
            throw new InvalidGroupIdException(
                    "group id of " + groupBytes.length + " bytes in UTF-8, expected at most " + Short.MAX_VALUE);
        }
        byte[] topicBytes = partition.topic().getBytes(StandardCharsets.UTF_8);
        ByteBuffer key = ByteBuffer.allocate(
                Short.BYTES + Short.BYTES + groupBytes.length + Short.BYTES + topicBytes.length + Integer.BYTES);
        key.putShort(KEY_VERSION);
        putString(key, groupBytes);
        putString(key, topicBytes);
        key.putInt(partition.partition());
        return key.array();
    }

    /**
     * @param commitTimestamp milliseconds since 1970
     * @throws IllegalArgumentException when the metadata is longer than the format can hold
     */
    public static byte[] encodeValue(OffsetAndMetadata committed, long commitTimestamp) {
        byte[] metadata = committed.metadata().getBytes(StandardCharsets.UTF_8);
        if (metadata.length > Short.MAX_VALUE) {
            throw new IllegalArgumentException(
                    "offset metadata of " + metadata.length + " bytes in UTF-8, expected at most " + Short.MAX_VALUE);
        }
        ByteBuffer value = ByteBuffer.allocate(
                Short.BYTES + Long.BYTES + Integer.BYTES + Short.BYTES + metadata.length + Long.BYTES);
        value.putShort(VALUE_VERSION);
        value.putLong(committed.offset());
        value.putInt(NO_LEADER_EPOCH);
        putString(value, metadata);
        value.putLong(commitTimestamp);
        return value.array();
    }

    /**
     * Reads one record of the offsets topic.
     *
     * @param value null: a tombstone
     * @param where names the record in errors, for example {@code __consumer_offsets-3@17}
     * @throws SerializationException when the bytes are not an offset commit of one of the versions above
     */
    public static OffsetRecord decode(byte @Nullable [] key, byte @Nullable [] value, String where) {
        if (key == null) {
            throw new SerializationException(where + ": an offset commit without a key");
        }
        try {
            ByteBuffer in = ByteBuffer.wrap(key);
            checkVersion(in.getShort(), 0, KEY_VERSION, "key", where); // 0 looks the same
            String group = getString(in);
            TopicPartition partition = new TopicPartition(getString(in), in.getInt());
            checkEnd(in, "key", where);
            return new OffsetRecord(group, partition, value == null ? null : decodeValue(value, where));
        } catch (BufferUnderflowException | IllegalArgumentException e) {
            throw new SerializationException(where + ": not an offset commit: " + e, e);
        }
    }

    private static OffsetAndMetadata decodeValue(byte[] value, String where) {
        ByteBuffer in = ByteBuffer.wrap(value);
        short version = in.getShort();
        checkVersion(version, 0, LAST_VALUE_VERSION, "value", where);
        long offset = in.getLong();
        if (version >= VALUE_VERSION) {
            in.getInt(); // leader epoch
        }
        String metadata = version >= FLEXIBLE_VALUE_VERSION ? getCompactString(in) : getString(in);
        in.getLong(); // commit timestamp
        if (version == EXPIRING_VALUE_VERSION) {
            in.getLong();
        }
        if (version >= FLEXIBLE_VALUE_VERSION) {
            skipTaggedFields(in);
        }
        checkEnd(in, "value", where);
        return new OffsetAndMetadata(offset, metadata);
    }

    private static void checkVersion(short found, int first, int last, String part, String where) {
        if (found < first || found > last) {
            throw new SerializationException(where + ": offset commit " + part + " of version " + found + ", expected "
                    + first + ".." + last + "; it was written by another release");
        }
    }

    private static void checkEnd(ByteBuffer in, String part, String where) {
        if (in.hasRemaining()) {
            throw new SerializationException(
                    where + ": " + in.remaining() + " bytes behind the offset commit " + part + ", expected none");
        }
    }

    private static void putString(ByteBuffer out, byte[] utf8) {
        out.putShort((short) utf8.length);
        out.put(utf8);
    }

    private static String getString(ByteBuffer in) {
        return getUtf8(in, in.getShort());
    }

    private static String getCompactString(ByteBuffer in) {
        return getUtf8(in, getUnsignedVarint(in) - 1);
    }

    private static void skipTaggedFields(ByteBuffer in) {
        for (int left = getUnsignedVarint(in); left > 0; left--) {
            getUnsignedVarint(in); // tag
            int size = getUnsignedVarint(in);
            if (size < 0 || size > in.remaining()) {
                throw new IllegalArgumentException("tagged field of " + size + " bytes, expected 0.." + in.remaining());
            }
            in.position(in.position() + size);
        }
    }

    private static int getUnsignedVarint(ByteBuffer in) {
        int value = 0;
        for (int shift = 0; shift < Integer.SIZE; shift += 7) {
            byte next = in.get();
            value |= (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw new IllegalArgumentException("a varint of more than five bytes, expected one of 32 bits");
    }

    private static String getUtf8(ByteBuffer in, int length) {
        if (length < 0 || length > in.remaining()) {
            throw new IllegalArgumentException("string of " + length + " bytes, expected 0.." + in.remaining());
        }
        byte[] utf8 = new byte[length];
        in.get(utf8);
        return new String(utf8, StandardCharsets.UTF_8);
    }
}
