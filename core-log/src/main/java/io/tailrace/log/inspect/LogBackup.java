package io.tailrace.log.inspect;

import io.tailrace.common.errors.NotALogException;
import io.tailrace.common.errors.StorageException;
import io.tailrace.log.catalog.LogMarker;
import io.tailrace.log.catalog.TopicCatalog;
import io.tailrace.log.catalog.TopicEntry;
import io.tailrace.log.storage.Storage;
import java.util.List;

/**
 * Copies a log that nobody has open, file by file. For one that is open, see {@link io.tailrace.log.EmbeddedLog#backup}.
 *
 * <p>Full segments do not change any more, so where source and target are on one file system they are shared as hard links:
 * quick, and without taking room. Both logs can be used and deleted without harm to the other; only damage by the medium
 * hits both, so a backup against that belongs on another one.
 *
 * <p>The state of stream apps is not copied: they restore it from their changelogs.
 *
 * <p><b>Owner:</b> one thread. <b>Durable:</b> when {@link #run} returns. The mark of a log is written last, so what an
 * interruption leaves is not taken for one.
 */
public final class LogBackup {
    private final Storage source;
    private final Storage target;
    private final boolean link;
    private final ByteProgress progress;

    /**
     * @param source locked by the caller, whose it stays
     * @param target empty; stays the caller's
     * @param link whether full segments may be shared
     */
    public LogBackup(Storage source, Storage target, boolean link, ByteProgress progress) {
        this.source = source;
        this.target = target;
        this.link = link;
        this.progress = progress;
    }

    /**
     * @throws NotALogException when there is no log in the source
     * @throws StorageException when the target is not empty, the catalog of the source is damaged, or a file cannot be read or
     *     written
     */
    public BackupReport run() {
        FileCopier.checkEmpty(target);
        LogMarker.check(source);
        TopicCatalog catalog = TopicCatalog.read(source);
        LogFiles files = LogFiles.of(source);
        if (files.catalogLost()) {
            throw new StorageException(
                    TopicCatalog.NAME,
                    "no file, expected the catalog of topics; copy the log by 'tailrace log salvage'");
        }
        FileCopier copier = new FileCopier(source, target, progress, files.sizeInBytes());
        for (PartitionFiles partition : files.partitions()) {
            copy(copier, partition);
        }
        copier.copyRootFiles();
        TopicCatalog.write(target, catalog.topics());
        copier.copy(LogMarker.NAME);
        target.forceDirectory("");
        List<TopicEntry> topics = files.topics();
        return copier.report(topics.size(), files.partitions().size());
    }

    private void copy(FileCopier copier, PartitionFiles partition) {
        target.createDirectories(partition.directory());
        List<PartitionFiles.Segment> segments = partition.segments();
        long lastBase =
                segments.isEmpty() ? 0 : segments.get(segments.size() - 1).baseOffset();
        for (String name : source.list(partition.directory())) {
            if (partition.strays().contains(name)) {
                continue;
            }
            String path = partition.directory() + "/" + name;
            long base = PartitionFiles.baseOffset(name);
            if (link && base >= 0 && base < lastBase) {
                copier.linkOrCopy(path);
            } else {
                copier.copy(path);
            }
        }
        target.forceDirectory(partition.directory());
    }
}
