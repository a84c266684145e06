package io.tailrace.proof;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.LogOptions;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.api.TopicDescription;
import io.tailrace.log.storage.DiskImage;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.proof.History.TopicLife;
import io.tailrace.serde.StringSerializer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Opens what a power cut left and holds it against the history:
 *
 * <ul>
 *   <li>topics created are there, deleted ones are not, and a name that was used again shows nothing of its former life;
 *   <li>every record that is durable under the policy is read, at its offset, once;
 *   <li>every other record that is read was sent before the cut, to that partition, has its offset, and comes once;
 *   <li>an offset that cannot be read is an error that names the place, and none of the durable ones;
 *   <li>committed offsets are the last durable ones, or younger ones;
 *   <li>the log accepts appends, and reads them back;
 *   <li>opening it again after a kill changes no log file and reads the same.
 * </ul>
 */
final class ImageCheck {
    private final History history;
    private final int time;
    private final boolean powerCut;
    private final LogOptions options;
    private final boolean commits;
    private MemoryStorage storage;

    private ImageCheck(
            History history, int time, boolean powerCut, boolean commits, DiskImage image, LogOptions options) {
        this.history = history;
        this.time = time;
        this.powerCut = powerCut;
        this.commits = commits;
        this.options = options;
        this.storage = image.toStorage();
    }

    /**
     * After a power cut.
     *
     * @throws Violation when it does not hold
     */
    static void check(History history, int time, DiskImage image, LogOptions options) {
        new ImageCheck(history, time, true, true, image, options).check();
    }

    /**
     * After a force failed, the log was opened again, and then the power was cut: what was read meanwhile may be in the cache of the
     * operating system only, which nobody can know. So a deletion of offsets that was seen then may be lost.
     *
     * @throws Violation when it does not hold
     */
    static void checkRecords(History history, int time, DiskImage image, LogOptions options) {
        new ImageCheck(history, time, true, false, image, options).check();
    }

    /**
     * After the process was killed: everything acknowledged counts as durable.
     *
     * @throws Violation when it does not hold
     */
    static void checkKilled(History history, int time, DiskImage image, LogOptions options) {
        new ImageCheck(history, time, false, true, image, options).check();
    }

    private void check() {
        try {
            run();
        } catch (Violation e) {
            throw e;
        } catch (RuntimeException | AssertionError e) {
            throw new Violation("the log fails with " + e, e);
        }
    }

    private void run() {
        Map<TopicPartition, Reading> first;
        DiskImage recovered;
        EmbeddedLog killed = open();
        try {
            checkTopics(killed);
            if (commits) {
                checkCommits(killed);
            }
            first = readAll(killed);
            first.forEach(this::checkReading);
            recovered = DiskImage.of(storage);
        } finally {
            storage = storage.reopen();
            Killed.end(killed);
        }
        Map<TopicPartition, Reading> second;
        try (EmbeddedLog log = open()) {
            second = readAll(log);
            checkSame(first, second);
            checkLogFiles(recovered, DiskImage.of(storage));
            checkTransactions(log);
            checkAppends(log, readAll(log));
        }
    }

    private EmbeddedLog open() {
        return EmbeddedLog.open(storage, options);
    }

    private void checkTopics(EmbeddedLog log) {
        Set<String> names = new TreeSet<>(log.admin().listTopics());
        for (TopicLife topic : history.topics) {
            Violation.check(!topic.mustExist(time) || names.contains(topic.name), "topic {} is gone", topic.name);
        }
        names.removeIf(name -> name.startsWith("__"));
        for (String name : names) {
            TopicLife life = history.find(name, time);
            Violation.check(life != null, "topic {} is there, but was deleted or not yet made", name);
            TopicDescription found = log.admin().describeTopic(name);
            int partitions = Objects.requireNonNull(life).partitions;
            Violation.check(
                    found.partitions() == partitions,
                    "{} has {} partitions, not {}",
                    name,
                    found.partitions(),
                    partitions);
        }
    }

    private static Map<TopicPartition, Reading> readAll(EmbeddedLog log) {
        Map<TopicPartition, Reading> readings = new TreeMap<>();
        for (String name : log.admin().listTopics()) {
            if (!name.startsWith("__")) {
                for (int i = log.admin().describeTopic(name).partitions() - 1; i >= 0; i--) {
                    TopicPartition partition = new TopicPartition(name, i);
                    readings.put(partition, Reading.of(log, partition));
                }
            }
        }
        return readings;
    }

    private void checkReading(TopicPartition partition, Reading reading) {
        TopicLife topic = Objects.requireNonNull(history.find(partition.topic(), time));
        ReadingCheck.check(
                partition, reading, topic, time, powerCut ? ReadingCheck.durableAt(time) : ReadingCheck.ACKNOWLEDGED);
    }

    /** After the programs were started again, which ends the transactions that they left. */
    private void checkTransactions(EmbeddedLog log) {
        Workload.takeTransactionsOver(log);
        Set<String> visible = new HashSet<>();
        Set<TopicLife> living = new HashSet<>();
        for (TopicPartition partition : readAll(log).keySet()) {
            TopicLife topic = Objects.requireNonNull(history.find(partition.topic(), time));
            Reading reading = Reading.committed(log, partition);
            ReadingCheck.checkCommitted(partition, reading, topic, time);
            reading.records().forEach(record -> visible.add(String.valueOf(record.value())));
            living.add(topic);
        }
        if (!powerCut || options.durability().isForced()) {
            ReadingCheck.checkWhole(history.transactions, visible, living, time);
        }
    }

    private void checkCommits(EmbeddedLog log) {
        Set<String> groups = new HashSet<>(log.admin().listGroups());
        history.commits.forEach((group, byPartition) -> {
            Map<TopicPartition, OffsetAndMetadata> found =
                    groups.contains(group) ? log.admin().committedOffsets(group) : Map.of();
            byPartition.forEach((partition, commits) -> checkCommit(group, partition, commits, found.get(partition)));
        });
    }

    private void checkCommit(
            String group, TopicPartition partition, List<History.Commit> commits, @Nullable OffsetAndMetadata found) {
        TopicLife topic = history.find(partition.topic(), time);
        int born = topic == null ? History.NEVER : topic.createStarted;
        boolean mustExist = topic != null && topic.mustExist(time);
        Set<Long> allowed = new HashSet<>();
        boolean durable = false;
        for (History.Commit commit : commits) {
            if (commit.startedAt < born || commit.startedAt >= time) {
                continue; // of an earlier life, or not yet
            }
            if ((powerCut ? commit.durableAt <= time : commit.acknowledged) && mustExist) {
                allowed.clear();
                durable = true;
            }
            allowed.add(commit.offset);
        }
        Violation.check(
                found == null ? !durable : allowed.contains(found.offset()),
                "group {} has committed {} of {}, expected one of {}",
                group,
                found,
                partition,
                allowed);
    }

    private static void checkSame(Map<TopicPartition, Reading> first, Map<TopicPartition, Reading> second) {
        Violation.check(first.keySet().equals(second.keySet()), "topics {}, then {}", first.keySet(), second.keySet());
        first.forEach((partition, reading) -> {
            Reading other = Objects.requireNonNull(second.get(partition));
            Violation.check(
                    reading.end() == other.end()
                            && reading.start() == other.start()
                            && reading.unreadable().equals(other.unreadable())
                            && reading.records().size() == other.records().size(),
                    "{} reads otherwise when opened again: {} records of {}..{}, then {} of {}..{}",
                    partition,
                    reading.records().size(),
                    reading.start(),
                    reading.end(),
                    other.records().size(),
                    other.start(),
                    other.end());
        });
    }

    private static void checkLogFiles(DiskImage recovered, DiskImage again) {
        Map<String, byte[]> before = logFiles(recovered);
        Map<String, byte[]> after = logFiles(again);
        Violation.check(
                before.keySet().equals(after.keySet()), "log files {}, then {}", before.keySet(), after.keySet());
        before.forEach((path, bytes) ->
                Violation.check(Arrays.equals(bytes, after.get(path)), "{} changed when opened again", path));
    }

    private static Map<String, byte[]> logFiles(DiskImage image) {
        Map<String, byte[]> files = new HashMap<>(image.files());
        files.keySet().removeIf(path -> !path.endsWith(".log"));
        return files;
    }

    private static void checkAppends(EmbeddedLog log, Map<TopicPartition, Reading> before) {
        try (Producer<String, String> producer =
                log.newProducer(ProducerConfig.DEFAULT, new StringSerializer(), new StringSerializer())) {
            before.keySet()
                    .forEach(partition -> producer.post(
                            new ProducerRecord<>(partition.topic(), partition.partition(), "k", "after the cut")));
            producer.flush();
        }
        before.forEach((partition, reading) -> {
            Reading now = Reading.of(log, partition);
            int count = now.records().size();
            Violation.check(
                    count == reading.records().size() + 1
                            && "after the cut"
                                    .equals(now.records().get(count - 1).value()),
                    "{} had {} records, and {} after an append",
                    partition,
                    reading.records().size(),
                    count);
        });
    }
}
