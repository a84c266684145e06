package io.tailrace.cli.tools;

import io.tailrace.cli.console.CommandException;
import io.tailrace.common.ProducerRecord;
import io.tailrace.common.header.RecordHeaders;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Makes a record of a line: {@code [name:value,name:value TAB] [key SEPARATOR] value}.
 *
 * @param keySeparator the first one ends the key; null when lines have no key
 * @param withHeaders whether lines begin with headers and a TAB
 * @param nullText a key or value that is this text is null; null when there is no such text
 */
record LineParser(
        String topic,
        @Nullable Integer partition,
        @Nullable String keySeparator,
        boolean withHeaders,
        Map<String, String> headers,
        @Nullable String nullText) {

    private static final byte[] TAB = {'\t'};

    /** @param where names the line in errors */
    ProducerRecord<byte[], byte[]> parse(byte[] line, String where) {
        RecordHeaders all = new RecordHeaders();
        headers.forEach((name, value) -> all.add(name, value.getBytes(StandardCharsets.UTF_8)));
        int start = 0;
        if (withHeaders) {
            int end = indexOf(line, TAB, 0);
            if (end < 0) {
                throw new CommandException(where + ": no tab behind the headers, expected name:value,name:value, a tab,"
                        + " and the rest of the record; a record without headers begins with the tab");
            }
            addHeaders(all, new String(line, 0, end, StandardCharsets.UTF_8), where);
            start = end + 1;
        }
        byte[] key = null;
        if (keySeparator != null) {
            byte[] separator = keySeparator.getBytes(StandardCharsets.UTF_8);
            int end = indexOf(line, separator, start);
            if (end < 0) {
                throw new CommandException(
                        where + ": no key separator '" + keySeparator + "', expected a key, that, and" + " a value");
            }
            key = unlessNull(Arrays.copyOfRange(line, start, end));
            start = end + separator.length;
        }
        byte[] value = unlessNull(Arrays.copyOfRange(line, start, line.length));
        return new ProducerRecord<>(topic, partition, null, key, value, all);
    }

    private static void addHeaders(RecordHeaders target, String text, String where) {
        if (text.isEmpty()) {
            return;
        }
        for (String header : text.split(",", -1)) {
            int colon = header.indexOf(':');
            if (colon < 0) {
                throw new CommandException(where + ": header '" + header + "', expected name:value");
            }
            target.add(header.substring(0, colon), header.substring(colon + 1).getBytes(StandardCharsets.UTF_8));
        }
    }

    private byte @Nullable [] unlessNull(byte[] bytes) {
        return nullText != null && new String(bytes, StandardCharsets.UTF_8).equals(nullText) ? null : bytes;
    }

    private static int indexOf(byte[] bytes, byte[] wanted, int from) {
        for (int at = from; at <= bytes.length - wanted.length; at++) {
            if (Arrays.equals(bytes, at, at + wanted.length, wanted, 0, wanted.length)) {
                return at;
            }
        }
        return -1;
    }
}
