package io.tailrace.stores.layer;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.common.header.Header;
import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import java.nio.ByteBuffer;

/**
 * Headers in front of a stored value, as Kafka Streams has them (KIP-1271). All numbers are variable-length integers in zigzag
 * form, as in record batches.
 *
 * <pre>
 * size of the headers in bytes | headers | value
 * headers   nothing when there are none, else: count | header ...
 * header    length of the key | key in UTF-8 | length of the value, -1 for null | value
 * </pre>
 */
public final class HeaderBytes {
    private static final int SEVEN_BITS = 0x7F;
    private static final int MORE = 0x80; // set in all bytes of a number but the last
    private static final int NULL_LENGTH = -1;

    private HeaderBytes() {}

    /** The headers, then the value. */
    public static byte[] before(byte[] value, Headers headers) {
        Header[] all = headers.toArray();
        byte[][] keys = new byte[all.length][];
        byte[][] values = new byte[all.length][];
        int size = all.length == 0 ? 0 : sizeOf(all.length);
        for (int i = 0; i < all.length; i++) {
            keys[i] = all[i].key().getBytes(UTF_8);
            size += sizeOf(keys[i].length) + keys[i].length;
            byte[] bytes = all[i].value(); // may be null
            values[i] = bytes;
            size += bytes == null ? sizeOf(NULL_LENGTH) : sizeOf(bytes.length) + bytes.length;
        }
        ByteBuffer stored = ByteBuffer.allocate(sizeOf(size) + size + value.length);
        write(stored, size);
        if (all.length > 0) {
            write(stored, all.length);
        }
        for (int i = 0; i < all.length; i++) {
            write(stored, keys[i].length);
            stored.put(keys[i]);
            byte[] bytes = values[i];
            write(stored, bytes == null ? NULL_LENGTH : bytes.length);
            if (bytes != null) {
                stored.put(bytes);
            }
        }
        return stored.put(value).array();
    }

    /** Reads the headers; then the buffer is at the value. */
    public static Headers read(ByteBuffer stored) {
        RecordHeaders headers = new RecordHeaders();
        if (readInt(stored) > 0) {
            for (int left = readInt(stored); left > 0; left--) {
                String key = new String(readBytes(stored, readInt(stored)), UTF_8);
                int length = readInt(stored);
                headers.add(key, length == NULL_LENGTH ? null : readBytes(stored, length));
            }
        }
        return headers;
    }

    /** How many bytes are in front of the value. */
    static int length(byte[] stored) {
        ByteBuffer buffer = ByteBuffer.wrap(stored);
        int size = readInt(buffer);
        return buffer.position() + size;
    }

    private static int zigzag(int number) {
        return (number << 1) ^ (number >> (Integer.SIZE - 1));
    }

    private static int sizeOf(int number) {
        int size = 1;
        for (int rest = zigzag(number) >>> 7; rest != 0; rest >>>= 7) {
            size++;
        }
        return size;
    }

    private static void write(ByteBuffer to, int number) {
        int rest = zigzag(number);
        while ((rest & ~SEVEN_BITS) != 0) {
            to.put((byte) ((rest & SEVEN_BITS) | MORE));
            rest >>>= 7;
        }
        to.put((byte) rest);
    }

    private static int readInt(ByteBuffer from) {
        int zigzag = 0;
        int shift = 0;
        byte next;
        do {
            next = from.get();
            zigzag |= (next & SEVEN_BITS) << shift;
            shift += 7;
        } while (next < 0);
        return (zigzag >>> 1) ^ -(zigzag & 1);
    }

    private static byte[] readBytes(ByteBuffer from, int length) {
        byte[] bytes = new byte[length];
        from.get(bytes);
        return bytes;
    }
}
