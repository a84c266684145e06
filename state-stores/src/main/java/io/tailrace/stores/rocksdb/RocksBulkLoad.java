package io.tailrace.stores.rocksdb;

import io.tailrace.common.Bytes;
import io.tailrace.common.TopicPartition;
import io.tailrace.processor.KeyValue;
import io.tailrace.stores.bytes.OrderedBytes;
import io.tailrace.stores.bytes.WriteTable;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
    private static final int FEW = 10_000; // as many are not worth a file

    private final RocksInstance instance;
    private final ColumnFamilyHandle family;
    private final String storeName;
    private final String layout;
    private final Map<TopicPartition, Long> offsets = new HashMap<>();
    private final WriteTable entries = new WriteTable(); // of several with one key the newest

    RocksBulkLoad(RocksInstance instance, ColumnFamilyHandle family, String storeName, String layout) {
        this.instance = instance;
        this.family = family;
        this.storeName = storeName;
        this.layout = layout;
    }

    /** Takes entries, oldest first, and the offsets after them; now and then they go to RocksDB. */
    void add(Collection<KeyValue<byte[], byte[]>> records, Map<TopicPartition, Long> changelogOffsets)
            throws RocksDBException {
        for (KeyValue<byte[], byte[]> entry : records) {
            Bytes key = Bytes.wrap(OrderedBytes.keyOf(entry));
            byte[] value = entry.value;
            if (value == null) {
                entries.delete(key);
            } else {
                entries.put(key, value);
            }
        }
        offsets.putAll(changelogOffsets);
        if (entries.bytes() >= CHUNK_BYTES) {
            flush();
        }
    }

    /** Everything that was added is in the store afterwards. */
    void flush() throws RocksDBException {
        boolean many = entries.size() > FEW;
        BatchBytes few = new BatchBytes().begin(family.getID());
        if (many) {
            ingest();
        } else {
            entries.writeTo(few);
        }
        try (WriteBatch batch = few.toBatch()) {
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
        entries.clear();
        offsets.clear();
    }

    private void ingest() throws RocksDBException {
        Path file = instance.directory.resolve(RocksInstance.LOAD_PREFIX + storeName + RocksInstance.LOAD_SUFFIX);
        try (EnvOptions environment = new EnvOptions();
                Options options = instance.fileOptions(storeName);
                SstFileWriter writer = new SstFileWriter(environment, options);
                IngestExternalFileOptions ingestion = new IngestExternalFileOptions().setMoveFiles(true)) {
            writer.open(file.toString());
            entries.writeTo(new SortedFile(
                    writer, failure -> RocksFailures.failed(storeName, instance.directory, "restore", failure)));
            writer.finish();
            instance.db.ingestExternalFile(family, List.of(file.toString()), ingestion);
        }
    }
}
