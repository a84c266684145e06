package io.tailrace.systemtests.kafkaformat;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.header.Header;
import io.tailrace.log.record.RecordCursor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.apache.kafka.common.record.internal.Record;
import org.jspecify.annotations.Nullable;

/**
 * A stored record, in a form that can be compared and printed.
 *
 * @param key in hexadecimal digits; null when the record has none
 * @param value as the key
 * @param headers each as {@code name=value}, the value as the key
 */
record Row(
        long offset,
        long timestamp,
        @Nullable String key,
        @Nullable String value,
        List<String> headers) {

    static Row of(ConsumerRecord<byte[], byte[]> record) {
        List<String> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(header.key() + "=" + hex(header.value()));
        }
        return new Row(record.offset(), record.timestamp(), hex(record.key()), hex(record.value()), headers);
    }

    static Row of(Record record) {
        List<String> headers = new ArrayList<>();
        for (org.apache.kafka.common.header.Header header : record.headers()) {
            headers.add(header.key() + "=" + hex(header.value()));
        }
        return new Row(record.offset(), record.timestamp(), hex(record.key()), hex(record.value()), headers);
    }

    static Row of(RecordCursor record) {
        List<String> headers = new ArrayList<>();
        for (Header header : record.headers()) {
            headers.add(header.key() + "=" + hex(header.value()));
        }
        return new Row(record.offset(), record.timestamp(), hex(record.key()), hex(record.value()), headers);
    }

    static @Nullable String hex(byte @Nullable [] bytes) {
        return bytes == null ? null : HexFormat.of().formatHex(bytes);
    }

    private static @Nullable String hex(@Nullable ByteBuffer buffer) {
        if (buffer == null) {
            return null;
        }
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return hex(bytes);
    }
}
