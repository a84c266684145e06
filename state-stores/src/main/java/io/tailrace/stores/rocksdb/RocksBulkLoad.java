package io.tailrace.stores.rocksdb;

import io.tailrace.common.TopicPartition;
import io.tailrace.processor.KeyValue;
import io.tailrace.stores.bytes.OrderedBytes;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.EnvOptions;
import org.rocksdb.IngestExternalFileOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileWriter;
import org.rocksdb.WriteBatch;

/**
 * Fills a store with many entries: they are gathered on the heap, sorted, written to a file and given to RocksDB as such, which
 * costs less than the way through its memory buffers. The changelog offsets follow the entries, so a crash replays what was given
 * without them, which does no harm. Owner: the thread that restores.
 */
final class RocksBulkLoad {
    private static final int CHUNK_BYTES = 16 << 20;
    private static final int ENTRY_OVERHEAD_BYTES = 64; // of an entry on the heap, about
    private static final int FEW = 10_000; // as many are not worth a file

    private static final Comparator<KeyValue<byte[], byte[]>> BY_KEY =
            (a, b) -> Arrays.compareUnsigned(OrderedBytes.keyOf(a), OrderedBytes.keyOf(b));

    private final RocksInstance instance;
    private final ColumnFamilyHandle family;
    private final String storeName;
    private final String layout;
    private final Map<TopicPartition, Long> offsets = new HashMap<>();
    private KeyValue<byte[], byte[]>[] entries = array(FEW);
    private int count;
    private long bytes;

    RocksBulkLoad(RocksInstance instance, ColumnFamilyHandle family, String storeName, String layout) {
        this.instance = instance;
        this.family = family;
        this.storeName = storeName;
        this.layout = layout;
    }

    @SuppressWarnings({"unchecked", "rawtypes"}) // an array of a generic type cannot be made otherwise
    private static KeyValue<byte[], byte[]>[] array(int length) {
        return new KeyValue[length];
    }

    /** Takes entries, oldest first, and the offsets after them; now and then they go to RocksDB. */
    void add(Collection<KeyValue<byte[], byte[]>> records, Map<TopicPartition, Long> changelogOffsets)
            throws RocksDBException {
        if (count + records.size() > entries.length) {
            entries = Arrays.copyOf(entries, Math.max(entries.length * 2, count + records.size()));
        }
        for (KeyValue<byte[], byte[]> entry : records) {
            entries[count++] = entry;
            byte[] value = entry.value;
            bytes += OrderedBytes.keyOf(entry).length + (value == null ? 0 : value.length) + ENTRY_OVERHEAD_BYTES;
        }
        offsets.putAll(changelogOffsets);
        if (bytes >= CHUNK_BYTES) {
            flush();
        }
    }

    /** Everything that was added is in the store afterwards. */
    void flush() throws RocksDBException {
        Arrays.sort(entries, 0, count, BY_KEY); // stable: of several with one key the newest stays the last
        boolean many = count > FEW;
        if (many) {
            ingest();
        }
        try (WriteBatch batch = new WriteBatch()) {
            for (int i = 0; !many && i < count; i++) {
                byte[] value = entries[i].value;
                if (value == null) {
                    batch.delete(family, OrderedBytes.keyOf(entries[i]));
                } else {
                    batch.put(family, OrderedBytes.keyOf(entries[i]), value);
                }
            }
            for (Map.Entry<TopicPartition, Long> entry : offsets.entrySet()) {
                instance.putOffset(batch, storeName, layout, entry.getKey(), entry.getValue());
            }
            if (batch.count() > 0) {
                instance.db.write(instance.writeOptions, batch);
            }
        }
        if (many) {
            instance.flush(); // the offsets, so that a crash does not begin anew
        }
        Arrays.fill(entries, 0, count, null);
        count = 0;
        bytes = 0;
        offsets.clear();
    }

    private void ingest() throws RocksDBException {
        Path file = instance.directory.resolve(RocksInstance.LOAD_PREFIX + storeName + RocksInstance.LOAD_SUFFIX);
        try (EnvOptions environment = new EnvOptions();
                Options options = instance.fileOptions(storeName);
                SstFileWriter writer = new SstFileWriter(environment, options);
                IngestExternalFileOptions ingestion = new IngestExternalFileOptions().setMoveFiles(true)) {
            writer.open(file.toString());
            for (int i = 0; i < count; i++) {
                byte[] key = OrderedBytes.keyOf(entries[i]);
                if (i + 1 < count && Arrays.equals(key, OrderedBytes.keyOf(entries[i + 1]))) {
                    continue; // a newer one follows
                }
                byte @Nullable [] value = entries[i].value;
                if (value == null) {
                    writer.delete(key);
                } else {
                    writer.put(key, value);
                }
            }
            writer.finish();
            instance.db.ingestExternalFile(family, List.of(file.toString()), ingestion);
        }
    }
}
