package io.tailrace.cli.tools;

import io.tailrace.cli.console.JsonLine;
import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.header.Header;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Prints records, one a line: chosen fields with tabs between, or an object.
 *
 * @param fields of {@link #FIELDS}
 */
record RecordPrinter(PrintWriter out, boolean json, List<String> fields, Format keyFormat, Format valueFormat) {
    static final List<String> FIELDS =
            List.of("topic", "partition", "offset", "timestamp", "timestampType", "headers", "key", "value");

    void print(ConsumerRecord<byte[], byte[]> record) {
        String where = record.topic() + "-" + record.partition() + "@" + record.offset();
        if (json) {
            out.println(new JsonLine()
                    .put("topic", record.topic())
                    .put("partition", record.partition())
                    .put("offset", record.offset())
                    .put("timestamp", record.timestamp())
                    .put("timestampType", record.timestampType().toString())
                    .put("headers", headers(record.headers()))
                    .put("key", keyFormat.forJson(record.key(), where + ", key"))
                    .put("value", valueFormat.forJson(record.value(), where + ", value")));
        } else {
            out.println(fields.stream().map(field -> text(record, field, where)).collect(Collectors.joining("\t")));
        }
    }

    private String text(ConsumerRecord<byte[], byte[]> record, String field, String where) {
        return switch (field) {
            case "topic" -> record.topic();
            case "partition" -> Integer.toString(record.partition());
            case "offset" -> Long.toString(record.offset());
            case "timestamp" -> Instant.ofEpochMilli(record.timestamp()).toString();
            case "timestampType" -> record.timestampType().toString();
            case "headers" -> headersText(record);
            case "key" -> keyFormat.text(record.key(), where + ", key");
            default -> valueFormat.text(record.value(), where + ", value");
        };
    }

    private static String headersText(ConsumerRecord<byte[], byte[]> record) {
        List<String> texts = new ArrayList<>();
        for (Header header : record.headers()) {
            texts.add(header.key() + ":" + text(header));
        }
        return String.join(",", texts);
    }

    /** As an array: a name may come twice. */
    static List<JsonLine> headers(Iterable<Header> headers) {
        List<JsonLine> list = new ArrayList<>();
        for (Header header : headers) {
            list.add(
                    new JsonLine().put("key", header.key()).put("value", header.value() == null ? null : text(header)));
        }
        return list;
    }

    private static String text(Header header) {
        byte[] value = header.value();
        return value == null ? "null" : new String(value, StandardCharsets.UTF_8);
    }
}
