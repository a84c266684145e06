package io.tailrace.log.inspect;

import io.tailrace.common.Time;
import io.tailrace.common.errors.NotALogException;
import io.tailrace.common.errors.StorageException;
import io.tailrace.log.catalog.LogMarker;
import io.tailrace.log.catalog.TopicCatalog;
import io.tailrace.log.storage.Storage;
import java.util.ArrayList;
import java.util.List;

/**
 * Copies everything that is intact in a damaged log to a new one: every batch around the damage with its offsets, topics with
 * their configs, committed offsets. The damaged log is only read. The new one opens as a log and verifies clean.
 *
 * <p>What is not copied: indexes, producer snapshots and checkpoints that the log makes again from the batches, topics that were
 * being deleted, and the state of stream apps, which they restore from their changelogs. When the catalog is damaged, topics
 * are made from the names of directories: they then have new ids and default configs, and lack partitions at the end that
 * never had a record.
 *
 * <p><b>Owner:</b> one thread. <b>Durable:</b> when {@link #run} returns. The mark of a log is written last, so what an
 * interruption leaves is not taken for one.
 */
public final class LogSalvage {
    private final Storage source;
    private final Storage target;
    private final Time time;
    private final ByteProgress progress;

    /**
     * @param source of a log that nobody writes to; stays the caller's
     * @param target empty; stays the caller's
     * @param time for the date of creation in the mark of the log
     */
    public LogSalvage(Storage source, Storage target, Time time, ByteProgress progress) {
        this.source = source;
        this.target = target;
        this.time = time;
        this.progress = progress;
    }

    /**
     * @throws NotALogException when there is no log in the source
     * @throws StorageException when the target is not empty, or when the source cannot be read or the target written
     */
    public SalvageReport run() {
        FileCopier.checkEmpty(target);
        LogFiles files = LogFiles.of(source);
        List<String> notes = new ArrayList<>();
        files.findings().stream()
                .filter(finding -> finding.severity() == Severity.DAMAGE)
                .forEach(finding -> notes.add(finding.toString()));
        if (files.catalogLost()) {
            notes.add(
                    "topics were made from the names of directories: their configs are the defaults, their ids are new,"
                            + " and partitions without a directory at the end of a topic are missing");
        }
        Tally tally = new Tally(progress, files.sizeInBytes());
        List<SalvagedPartition> partitions = new ArrayList<>();
        for (PartitionFiles partition : files.partitions()) {
            partitions.add(new PartitionCopy(source, target, partition, tally).run());
        }
        RootFiles.copyForSalvage(source, target, notes);
        TopicCatalog.write(target, files.topics());
        LogMarker.create(target, time);
        target.forceDirectory("");
        return new SalvageReport(files.topics().size(), List.copyOf(partitions), List.copyOf(notes));
    }
}
