package io.tailrace.log.inspect;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.StorageException;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.record.RecordCursor;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.Storage;
import io.tailrace.log.storage.StorageFile;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Shows what the files of a log hold: batches, records, entries of indexes. Changes nothing; works on a log that another process
 * has open as well, whose end then moves.
 *
 * <p><b>Owner:</b> one thread.
 */
public final class LogDump {
    private final Storage storage;

    /** @param storage stays the caller's */
    public LogDump(Storage storage) {
        this.storage = storage;
    }

    /**
     * The files of each partition that has a directory, as paths in the storage, by name.
     *
     * @throws io.tailrace.common.errors.NotALogException when there is no log
     */
    public Map<TopicPartition, List<String>> files() {
        Map<TopicPartition, List<String>> files = new LinkedHashMap<>();
        for (PartitionFiles partition : LogFiles.of(storage).partitions()) {
            List<String> paths = new ArrayList<>();
            storage.list(partition.directory()).forEach(name -> paths.add(partition.directory() + "/" + name));
            files.put(partition.topicPartition(), paths);
        }
        return files;
    }

    /**
     * Shows every batch of a log file, and the damage between them.
     *
     * @param path such as {@code "flights-0/00000000000000000000.log"}
     * @throws StorageException when the file cannot be read
     */
    public void log(String path, BatchVisitor visitor) {
        try (StorageFile file = storage.open(path, OpenMode.READ)) {
            BatchScan scan = new BatchScan(file, path, file.size(), baseOffset(path), Long.MAX_VALUE, false);
            while (scan.next()) {
                show(scan.hole(), visitor);
                show(scan.batch(), visitor);
            }
            show(scan.hole(), visitor);
        }
    }

    static void show(RecordBatch stored, BatchVisitor visitor) {
        BatchInfo info = BatchInfo.of(stored);
        if (visitor.onBatch(info, stored)) {
            RecordCursor records = stored.records();
            while (records.next()) {
                visitor.onRecord(info, records);
            }
        }
    }

    static void show(@Nullable Hole hole, BatchVisitor visitor) {
        if (hole != null) {
            visitor.onDamage(new Finding(
                    Severity.DAMAGE,
                    hole.file(),
                    hole.position(),
                    hole.defect().found() + " (" + hole.bytes() + " bytes that are no intact batch)",
                    hole.defect().expected()));
        }
    }

    /** The entries of a {@code .index} file. */
    public List<OffsetEntry> offsetIndex(String path) {
        return IndexFiles.offsets(storage.readAllBytes(path), baseOffset(path));
    }

    /** The entries of a {@code .timeindex} file. */
    public List<TimeEntry> timeIndex(String path) {
        return IndexFiles.times(storage.readAllBytes(path), baseOffset(path));
    }

    /** The entries of a {@code .txnindex} file. */
    public List<AbortedEntry> abortedIndex(String path) {
        return IndexFiles.aborted(storage.readAllBytes(path));
    }

    /** The entries of a {@code .snapshot} file; damaged ones as they are. */
    public List<ProducerEntry> producerSnapshot(String path) {
        return ProducerSnapshotFile.entries(storage.readAllBytes(path));
    }

    private static long baseOffset(String path) {
        long offset = PartitionFiles.baseOffset(path.substring(path.lastIndexOf('/') + 1));
        if (offset < 0) {
            throw new StorageException(
                    path, "not a file of a segment, expected a name such as flights-0/00000000000000000000.log");
        }
        return offset;
    }
}
