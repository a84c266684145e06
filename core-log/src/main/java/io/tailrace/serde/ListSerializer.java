package io.tailrace.serde;

import io.tailrace.common.errors.SerializationException;
import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes a list in the bytes of Kafka's list serde (KIP-466); entries may be null. Created by its name it takes the serde of
 * the entries from {@code default.list.key.serde.inner} or {@code default.list.value.serde.inner}.
 *
 * @param <Inner> type of the entries
 */
public class ListSerializer<Inner> implements Serializer<List<Inner>> {
    private @Nullable Serializer<Inner> inner;

    /** To be configured. */
    public ListSerializer() {}

    public ListSerializer(Serializer<Inner> inner) {
        this.inner = inner;
    }

    /** The serializer of the entries, or null before {@code configure}. */
    public @Nullable Serializer<Inner> getInnerSerializer() {
        return inner;
    }

    @Override
    public void configure(Map<String, ?> configs, boolean isKey) {
        if (inner != null) {
            inner.configure(configs, isKey);
            return;
        }
        @SuppressWarnings(
                "unchecked") // what is configured is the caller's word; a wrong one fails when an entry is written
        Serializer<Inner> configured =
                (Serializer<Inner>) ListConfig.innerSerde(configs, isKey).serializer();
        inner = configured;
    }

    @Override
    public byte @Nullable [] serialize(String topic, @Nullable List<Inner> data) {
        return serialize(topic, new RecordHeaders(), data);
    }

    @Override
    public byte @Nullable [] serialize(String topic, Headers headers, @Nullable List<Inner> data) {
        if (data == null) {
            return null;
        }
        Serializer<Inner> serializer = inner;
        if (serializer == null) {
            throw new IllegalStateException(
                    "this list serializer has no serializer for its entries: call configure first");
        }
        List<byte @Nullable []> entries = new ArrayList<>(data.size());
        for (Inner entry : data) {
            entries.add(entry == null ? null : serializer.serialize(topic, headers, entry));
        }
        int fixedSize = ListLayout.fixedSize(serializer);
        return fixedSize < 0 ? variableSize(entries) : constantSize(entries, fixedSize);
    }

    private static byte[] variableSize(List<byte @Nullable []> entries) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(ListLayout.VARIABLE_SIZE);
        writeInt(out, entries.size());
        for (byte[] entry : entries) {
            if (entry == null) {
                writeInt(out, ListLayout.NULL_ENTRY);
            } else {
                writeInt(out, entry.length);
                out.writeBytes(entry);
            }
        }
        return out.toByteArray();
    }

    private static byte[] constantSize(List<byte @Nullable []> entries, int fixedSize) {
        ByteArrayOutputStream nullIndexes = new ByteArrayOutputStream();
        ByteArrayOutputStream present = new ByteArrayOutputStream(entries.size() * fixedSize);
        for (int i = 0; i < entries.size(); i++) {
            byte[] entry = entries.get(i);
            if (entry == null) {
                writeInt(nullIndexes, i);
            } else if (entry.length == fixedSize) {
                present.writeBytes(entry);
            } else {
                throw new SerializationException("cannot write list: entry " + i + " has " + entry.length
                        + " bytes, expected " + fixedSize + "; its type has a fixed size in a list");
            }
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(ListLayout.CONSTANT_SIZE);
        writeInt(out, nullIndexes.size() / Integer.BYTES);
        out.writeBytes(nullIndexes.toByteArray());
        writeInt(out, entries.size());
        out.writeBytes(present.toByteArray());
        return out.toByteArray();
    }

    private static void writeInt(ByteArrayOutputStream out, int value) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES).putInt(value).array());
    }

    @Override
    public void close() {
        if (inner != null) {
            inner.close();
        }
    }
}
