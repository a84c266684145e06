package io.tailrace.log.record;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.common.header.RecordHeaders;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/** Batches for tests. */
public final class Batches {
    private Batches() {}

    /** A batch of one record for each value, at timestamps {@code timestamp}, {@code timestamp + 1}, ...; a copy. */
    public static ByteBuffer of(long timestamp, String... values) {
        BatchWriter writer = new BatchWriter(1 << 20);
        for (int i = 0; i < values.length; i++) {
            writer.tryAppend(timestamp + i, bytes("key-" + i), bytes(values[i]), new RecordHeaders());
        }
        return copy(writer.finish());
    }

    /** A batch of an idempotent producer; a copy. */
    public static ByteBuffer stamped(ProducerStamp stamp, long timestamp, String... values) {
        BatchWriter writer = new BatchWriter(1 << 20);
        for (int i = 0; i < values.length; i++) {
            writer.tryAppend(timestamp + i, bytes("key-" + i), bytes(values[i]), new RecordHeaders());
        }
        return copy(writer.finish(stamp));
    }

    /** A batch of one record without key. */
    public static ByteBuffer ofValue(long timestamp, byte[] value) {
        BatchWriter writer = new BatchWriter(1 << 20);
        writer.tryAppend(timestamp, null, value, new RecordHeaders());
        return copy(writer.finish());
    }

    public static ByteBuffer copy(ByteBuffer batch) {
        ByteBuffer copy = ByteBuffer.allocate(batch.remaining());
        copy.put(batch.duplicate());
        return copy.flip();
    }

    /** Makes the checksum right again after a change. */
    public static ByteBuffer sealed(ByteBuffer batch) {
        CRC32C crc = new CRC32C();
        crc.update(batch.duplicate().position(BatchLayout.ATTRIBUTES));
        return batch.putInt(BatchLayout.CRC, (int) crc.getValue());
    }

    public static RecordBatch read(ByteBuffer bytes) {
        return RecordBatch.at(bytes, bytes.position(), "test.log", 0);
    }

    public static List<String> values(RecordBatch batch) {
        List<String> values = new ArrayList<>();
        batch.forEachRecord(record -> values.add(text(record.value())));
        return values;
    }

    /** The bytes from position to limit. */
    public static String hex(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return HexFormat.of().formatHex(bytes);
    }

    public static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }

    public static String text(byte @Nullable [] bytes) {
        return bytes == null ? "null" : new String(bytes, UTF_8);
    }
}
