package io.tailrace.log.inspect;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.InvalidTopicException;
import io.tailrace.common.errors.NotALogException;
import io.tailrace.common.errors.StorageException;
import io.tailrace.common.errors.TailraceException;
import io.tailrace.log.catalog.LogMarker;
import io.tailrace.log.catalog.OffsetCheckpoint;
import io.tailrace.log.catalog.ProducerIds;
import io.tailrace.log.catalog.TopicCatalog;
import io.tailrace.log.catalog.TopicEntry;
import io.tailrace.log.catalog.TopicName;
import io.tailrace.log.storage.Storage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;

/**
 * Which files of a data directory are what: topics from the catalog or, when that is damaged, from the names of directories.
 *
 * <p>Made by looking once; a log that is open meanwhile goes on without it.
 */
final class LogFiles {
    private static final String STATE_OF_APPS = "state";
    /** Made by the log for itself beside the catalog; nothing is lost without them. */
    private static final Set<String> OTHER_NAMES = Set.of(
            STATE_OF_APPS,
            ".lock",
            ".kafka_cleanshutdown",
            OffsetCheckpoint.RECOVERY_POINTS,
            OffsetCheckpoint.LOG_START_OFFSETS,
            "cleaner-offset-checkpoint",
            "meta.properties");

    private final List<TopicEntry> topics;
    private final List<PartitionFiles> partitions;
    private final List<Finding> findings;
    private final boolean catalogLost;

    private LogFiles(
            List<TopicEntry> topics, List<PartitionFiles> partitions, List<Finding> findings, boolean catalogLost) {
        this.topics = topics;
        this.partitions = partitions;
        this.findings = findings;
        this.catalogLost = catalogLost;
    }

    /**
     * @throws NotALogException when nothing there says that it is a log
     * @throws StorageException when the directory cannot be listed
     */
    static LogFiles of(Storage storage) {
        List<String> names = storage.list("");
        Map<String, TopicPartition> directories = partitionDirectories(storage, names);
        List<Finding> findings = new ArrayList<>();
        if (!names.contains(LogMarker.NAME) && !names.contains(TopicCatalog.NAME)) {
            throw new NotALogException(
                    storage.directory().map(Path::toString).orElse("memory"), "no " + LogMarker.NAME);
        }
        checkMarker(storage, findings);
        checkProducerIds(storage, findings);
        List<TopicEntry> topics = new ArrayList<>();
        Set<String> leaving = new HashSet<>();
        boolean lost = false;
        try {
            TopicCatalog catalog = TopicCatalog.read(storage);
            topics.addAll(catalog.topics());
            catalog.deleting().forEach(topic -> leaving.addAll(topic.directories()));
            lost = topics.isEmpty()
                    && leaving.isEmpty()
                    && !names.contains(TopicCatalog.NAME)
                    && !directories.isEmpty();
            if (lost) {
                findings.add(Finding.ofFile(
                        Severity.DAMAGE, TopicCatalog.NAME, "no file", "the topics of the directories beside it"));
            }
        } catch (TailraceException e) {
            lost = true;
            findings.add(Finding.ofFile(Severity.DAMAGE, TopicCatalog.NAME, messageOf(e), "the catalog of topics"));
        }
        if (lost) {
            topics.addAll(topicsOf(directories.values()));
        }
        List<PartitionFiles> partitions = new ArrayList<>();
        Set<String> known = new HashSet<>(leaving);
        for (TopicEntry topic : topics) {
            for (int partition = 0; partition < topic.partitions(); partition++) {
                String directory = topic.directory(partition);
                known.add(directory);
                if (names.contains(directory)) {
                    addPartition(storage, new TopicPartition(topic.name(), partition), topic, partitions, findings);
                }
            }
        }
        for (String name : names) {
            if (!known.contains(name) && !isOfTheLog(name)) {
                findings.add(Finding.ofFile(
                        Severity.NOTE,
                        name,
                        "a file or directory that belongs to no topic",
                        "nothing; the log leaves it alone"));
            }
        }
        return new LogFiles(topics, partitions, findings, lost);
    }

    private static void addPartition(
            Storage storage,
            TopicPartition topicPartition,
            TopicEntry topic,
            List<PartitionFiles> partitions,
            List<Finding> findings) {
        String directory = topic.directory(topicPartition.partition());
        try {
            partitions.add(PartitionFiles.of(storage, topicPartition, directory, isCompacted(topic)));
        } catch (StorageException e) {
            findings.add(Finding.ofFile(
                    Severity.DAMAGE, directory, String.valueOf(e.getMessage()), "a directory that can be listed"));
        }
    }

    private static boolean isOfTheLog(String name) {
        return name.equals(LogMarker.NAME)
                || name.equals(TopicCatalog.NAME)
                || OTHER_NAMES.contains(name)
                || name.equals(ProducerIds.NAME);
    }

    private static boolean isCompacted(TopicEntry topic) {
        return topic.configs().getOrDefault("cleanup.policy", "delete").contains("compact");
    }

    private static void checkMarker(Storage storage, List<Finding> findings) {
        try {
            if (!LogMarker.exists(storage)) {
                findings.add(Finding.ofFile(Severity.DAMAGE, LogMarker.NAME, "no file", "the mark of a log"));
            } else {
                LogMarker.check(storage);
            }
        } catch (TailraceException e) {
            findings.add(Finding.ofFile(Severity.DAMAGE, LogMarker.NAME, messageOf(e), "the mark of a log"));
        }
    }

    private static void checkProducerIds(Storage storage, List<Finding> findings) {
        try {
            ProducerIds.check(storage);
        } catch (TailraceException e) {
            findings.add(Finding.ofFile(
                    Severity.DAMAGE,
                    ProducerIds.NAME,
                    messageOf(e),
                    "the next producer id; delete the file, the log does without"));
        }
    }

    /** Directories with the name {@code <topic>-<partition>} that have nothing, or files of segments, in them. */
    private static Map<String, TopicPartition> partitionDirectories(Storage storage, List<String> names) {
        Map<String, TopicPartition> directories = new LinkedHashMap<>();
        for (String name : names) {
            int dash = name.lastIndexOf('-');
            String digits = name.substring(dash + 1);
            if (dash > 0 && digits.matches("0|[1-9][0-9]{0,5}") && isPartition(storage, name)) {
                directories.put(name, new TopicPartition(name.substring(0, dash), Integer.parseInt(digits)));
            }
        }
        return directories;
    }

    private static boolean isPartition(Storage storage, String name) {
        try {
            TopicName.check(name.substring(0, name.lastIndexOf('-')));
            List<String> files = storage.list(name);
            return files.isEmpty() || files.stream().anyMatch(file -> PartitionFiles.baseOffset(file) >= 0);
        } catch (StorageException | InvalidTopicException e) {
            return false; // a file, for one; it is named among those that belong to no topic
        }
    }

    private static List<TopicEntry> topicsOf(Collection<TopicPartition> partitions) {
        Map<String, Integer> counts = new TreeMap<>();
        partitions.forEach(each -> counts.merge(each.topic(), each.partition() + 1, Math::max));
        List<TopicEntry> topics = new ArrayList<>();
        counts.forEach((name, count) -> topics.add(new TopicEntry(name, UUID.randomUUID(), count, Map.of())));
        return topics;
    }

    private static String messageOf(TailraceException e) {
        return String.valueOf(e.getMessage());
    }

    /** All topics, by name. */
    List<TopicEntry> topics() {
        return topics;
    }

    /** Those that have a directory, by topic and number. */
    List<PartitionFiles> partitions() {
        return partitions;
    }

    /** What is wrong with the catalog, and what does not belong. */
    List<Finding> findings() {
        return findings;
    }

    /** Whether {@link #topics} are only guessed from the names of directories: without ids and configs. */
    boolean catalogLost() {
        return catalogLost;
    }

    /** Of all log files. */
    long sizeInBytes() {
        return partitions.stream().mapToLong(PartitionFiles::sizeInBytes).sum();
    }
}
