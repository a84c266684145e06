package io.tailrace.log.client;

import io.tailrace.common.errors.StorageException;
import io.tailrace.common.errors.UnknownTopicOrPartitionException;
import io.tailrace.log.catalog.LogMarker;
import io.tailrace.log.catalog.TopicCatalog;
import io.tailrace.log.catalog.TopicEntry;
import io.tailrace.log.inspect.BackupReport;
import io.tailrace.log.inspect.ByteProgress;
import io.tailrace.log.inspect.FileCopier;
import io.tailrace.log.partition.PartitionHistory;
import io.tailrace.log.partition.SegmentCut;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.Storage;
import io.tailrace.log.storage.StorageFile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies a log while it is open and used.
 *
 * <p>First the ends of all partitions are noted, then everything in front of them is copied. Retention and compaction wait
 * meanwhile: they would take away files, or the last value before the cut of a key that has a newer one behind it.
 *
 * <p><b>The cut is sound</b> because of the order, and because no transaction is told its end meanwhile ({@link
 * Transactions#betweenEndings}). The states of transactions come first: one that is open there has no marker in the copy, so
 * opening the copy aborts it everywhere; one that is decided had all its batches in the log by then, and opening the copy writes
 * the markers; one that is complete has all its markers. Committed offsets come next, so none lies behind the records of the
 * copy.
 *
 * <p><b>Owner:</b> one thread.
 */
final class HotBackup {
    private static final Logger LOG = LoggerFactory.getLogger(HotBackup.class);
    private static final List<String> FIRST = List.of(InternalTopics.TRANSACTIONS, InternalTopics.OFFSETS);

    private final Storage source;
    private final Storage target;
    private final boolean link;
    private final ByteProgress progress;

    /** A topic, and for each of its partitions what is copied. */
    private record TopicCut(Topic topic, List<List<SegmentCut>> partitions) {
        long bytes() {
            return partitions.stream()
                    .flatMap(List::stream)
                    .mapToLong(SegmentCut::end)
                    .sum();
        }
    }

    HotBackup(Storage source, Storage target, boolean link, ByteProgress progress) {
        this.source = source;
        this.target = target;
        this.link = link;
        this.progress = progress;
    }

    BackupReport run(Topics topics, Transactions transactions) {
        FileCopier.checkEmpty(target);
        List<PartitionHistory.Hold> holds = new ArrayList<>();
        try {
            inOrder(topics).forEach(topic -> hold(topic, holds));
            return copy(transactions.betweenEndings(() -> cut(inOrder(topics))));
        } finally {
            holds.forEach(PartitionHistory.Hold::close);
        }
    }

    private BackupReport copy(List<TopicCut> cuts) {
        FileCopier copier = new FileCopier(
                source,
                target,
                progress,
                cuts.stream().mapToLong(TopicCut::bytes).sum());
        List<TopicEntry> entries = new ArrayList<>();
        int partitions = 0;
        for (TopicCut cut : cuts) {
            if (copy(copier, cut)) {
                entries.add(cut.topic().entry());
                partitions += cut.partitions().size();
            }
        }
        copier.copyRootFiles();
        TopicCatalog.write(target, entries);
        copier.copy(LogMarker.NAME);
        target.forceDirectory("");
        return copier.report(entries.size(), partitions);
    }

    /** Opens all partitions, so that the cut takes no time. */
    private static void hold(Topic topic, List<PartitionHistory.Hold> holds) {
        try {
            for (int partition = 0; partition < topic.partitionCount(); partition++) {
                holds.add(topic.partition(partition).history().hold());
            }
        } catch (UnknownTopicOrPartitionException e) {
            LOG.info("Topic {} was deleted and is not in the backup", topic.name());
        }
    }

    private static List<Topic> inOrder(Topics topics) {
        List<Topic> all = new ArrayList<>(topics.all());
        all.sort(Comparator.comparingInt(HotBackup::rank).thenComparing(Topic::name));
        return all;
    }

    private static int rank(Topic topic) {
        int first = FIRST.indexOf(topic.name());
        return first < 0 ? FIRST.size() : first;
    }

    private static List<TopicCut> cut(List<Topic> topics) {
        List<TopicCut> cuts = new ArrayList<>();
        for (Topic topic : topics) {
            try {
                cuts.add(cut(topic));
            } catch (UnknownTopicOrPartitionException e) {
                LOG.info("Topic {} was deleted and is not in the backup", topic.name());
            }
        }
        return cuts;
    }

    private static TopicCut cut(Topic topic) {
        List<List<SegmentCut>> partitions = new ArrayList<>();
        for (int partition = 0; partition < topic.partitionCount(); partition++) {
            partitions.add(topic.partition(partition).cut());
        }
        return new TopicCut(topic, partitions);
    }

    /** False when the topic was deleted meanwhile, and nothing of it is in the copy. */
    private boolean copy(FileCopier copier, TopicCut cut) {
        TopicEntry entry = cut.topic().entry();
        try {
            for (int partition = 0; partition < cut.partitions().size(); partition++) {
                copy(copier, entry.directory(partition), cut.partitions().get(partition));
            }
            return true;
        } catch (StorageException e) {
            if (!cut.topic().isDeleted()) {
                throw e;
            }
            entry.directories().forEach(target::deleteDirectory);
            return false;
        }
    }

    private void copy(FileCopier copier, String directory, List<SegmentCut> segments) {
        target.createDirectories(directory);
        int last = segments.size() - 1;
        for (int i = 0; i < last; i++) {
            copySealed(copier, directory, segments.get(i));
        }
        if (last >= 0) {
            SegmentCut open = segments.get(last);
            try (StorageFile file = source.open(open.path(), OpenMode.READ)) {
                copier.copy(file, open.path(), open.end());
            }
        }
        target.forceDirectory(directory);
    }

    private void copySealed(FileCopier copier, String directory, SegmentCut segment) {
        String stem = directory + "/" + String.format(Locale.ROOT, "%020d", segment.baseOffset());
        String log = stem + ".log";
        if (segment.path().equals(log)) {
            linkOrCopy(copier, log);
        } else { // a compaction could not rename it
            try (StorageFile file = source.open(segment.path(), OpenMode.READ)) {
                copier.copy(file, log, segment.end());
            }
        }
        for (String suffix : List.of(".index", ".timeindex", ".txnindex", ".snapshot")) {
            if (source.exists(stem + suffix)) {
                linkOrCopy(copier, stem + suffix);
            }
        }
    }

    private void linkOrCopy(FileCopier copier, String path) {
        if (link) {
            copier.linkOrCopy(path);
        } else {
            copier.copy(path);
        }
    }
}
