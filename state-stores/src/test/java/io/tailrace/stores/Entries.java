package io.tailrace.stores;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.tailrace.common.Bytes;
import io.tailrace.processor.KeyValue;
import io.tailrace.state.KeyValueIterator;
import io.tailrace.stores.bytes.OrderedBytes;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Short ways to write and to read entries of bytes in tests; one char is one byte. */
public final class Entries {
    private Entries() {}

    public static Bytes key(String key) {
        return Bytes.wrap(bytes(key));
    }

    public static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }

    public static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, ISO_8859_1);
    }

    /** Reads the rest and closes: each entry as {@code key=value}. */
    public static List<String> drain(KeyValueIterator<Bytes, byte[]> iterator) {
        List<String> entries = new ArrayList<>();
        try (iterator) {
            while (iterator.hasNext()) {
                Bytes peeked = iterator.peekNextKey();
                KeyValue<Bytes, byte[]> entry = iterator.next();
                if (!peeked.equals(entry.key)) {
                    throw new AssertionError("peeked " + peeked + " but got " + entry.key);
                }
                entries.add(text(OrderedBytes.keyOf(entry).get()) + "=" + text(entry.value));
            }
        }
        return entries;
    }

    /** Reads the rest and closes: each entry as hex digits, to compare stores byte for byte. */
    public static List<String> dump(KeyValueIterator<Bytes, byte[]> iterator) {
        List<String> entries = new ArrayList<>();
        try (iterator) {
            iterator.forEachRemaining(entry -> entries.add(Arrays.toString(
                            OrderedBytes.keyOf(entry).get()) + "=" + Arrays.toString(OrderedBytes.valueOf(entry))));
        }
        return entries;
    }

    /** Reads the rest and closes. */
    public static <K, V> List<KeyValue<K, V>> list(KeyValueIterator<K, V> iterator) {
        List<KeyValue<K, V>> entries = new ArrayList<>();
        try (iterator) {
            iterator.forEachRemaining(entries::add);
        }
        return entries;
    }
}
