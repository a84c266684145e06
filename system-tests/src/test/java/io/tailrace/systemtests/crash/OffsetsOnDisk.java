package io.tailrace.systemtests.crash;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.stream.Stream;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;

/**
 * What the stores in RocksDB below a directory have of their changelogs, read from the files that a killed process has left: the
 * default column family holds {@code <store>/<layout> 0x00 <topic>-<partition>} with the next offset.
 */
final class OffsetsOnDisk {
    private OffsetsOnDisk() {}

    /** By {@code <topic>-<partition>}. */
    static Map<String, Long> of(Path state) throws IOException {
        if (!Files.exists(state)) {
            return Map.of();
        }
        Map<String, Long> offsets = new HashMap<>();
        try (Stream<Path> files = Files.walk(state)) {
            for (Path current : files.filter(file -> file.endsWith("CURRENT")).toList()) {
                read(current.resolveSibling("."), offsets);
            }
        }
        return offsets;
    }

    private static void read(Path instance, Map<String, Long> offsets) throws IOException {
        try (Options options = new Options();
                RocksDB db = RocksDB.openReadOnly(options, instance.normalize().toString());
                RocksIterator stored = db.newIterator()) {
            for (stored.seekToFirst(); stored.isValid(); stored.next()) {
                String key = new String(stored.key(), UTF_8);
                offsets.put(
                        key.substring(key.indexOf('\0') + 1),
                        ByteBuffer.wrap(stored.value()).getLong());
            }
        } catch (RocksDBException e) {
            throw new IOException("cannot read " + instance, e);
        }
    }
}
