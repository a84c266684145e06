package io.tailrace.samples.input;

import io.tailrace.common.header.Header;
import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeader;
import io.tailrace.samples.SampleException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Where a record comes from, kept in its header {@code source}: 8 bytes file id, 8 bytes line number, big-endian. A line
 * that was cut has its full length in {@code source.length} as decimal text.
 *
 * @param fileId see {@link ScannedFile#id}
 * @param line number, from 1
 */
public record LineSource(long fileId, long line) {
    private static final String SOURCE = "source";
    private static final String LENGTH = "source.length";

    Header toHeader() {
        return new RecordHeader(
                SOURCE,
                ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(fileId)
                        .putLong(line)
                        .array());
    }

    /** @throws SampleException when the record was not written by a {@link FileLoader} */
    static LineSource of(String topic, Headers headers) {
        byte[] bytes = valueOf(headers, SOURCE);
        if (bytes.length != 2 * Long.BYTES) {
            throw new SampleException("topic " + topic + " holds records that no file loader wrote (header '" + SOURCE
                    + "' has " + bytes.length + " bytes, expected 16); use another data directory");
        }
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new LineSource(buffer.getLong(), buffer.getLong());
    }

    static Header lengthHeader(Line line) {
        return new RecordHeader(LENGTH, Long.toString(line.length()).getBytes(StandardCharsets.US_ASCII));
    }

    /** The length of the whole line in bytes, of which the record may hold only the beginning. */
    public static long lengthOf(byte[] value, Headers headers) {
        byte[] length = valueOf(headers, LENGTH);
        return length.length == 0 ? value.length : Long.parseLong(new String(length, StandardCharsets.US_ASCII));
    }

    private static byte[] valueOf(Headers headers, String key) {
        Header header = headers.lastHeader(key);
        byte[] value = header == null ? null : header.value();
        return value == null ? new byte[0] : value;
    }
}
