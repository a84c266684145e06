package io.tailrace.proof;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.StorageException;
import io.tailrace.common.errors.TailraceException;
import io.tailrace.common.errors.TransactionAbortedException;
import io.tailrace.common.errors.UnknownTopicOrPartitionException;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.LogOptions;
import io.tailrace.log.ManualTime;
import io.tailrace.log.api.Compression;
import io.tailrace.log.api.Durability;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.api.RecordMetadata;
import io.tailrace.log.storage.FaultyStorage;
import io.tailrace.log.storage.SimulatedDisk;
import io.tailrace.proof.History.Sent;
import io.tailrace.proof.History.TopicLife;
import io.tailrace.serde.StringSerializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/**
 * Uses a log on a simulated disk as a program would, and writes down what it did: several producers with and without
 * compression, partitions that roll, topics made and deleted, offsets committed, records read, the log closed, or left as a
 * killed process leaves it, and opened again. All from one seed, on one thread.
 *
 * <p>When the device has a fault, calls may fail, but only with an error that names a file; the program goes on.
 */
final class Workload {
    private static final String[] TOPICS = {"a", "b", "c"};
    private static final String[] GROUPS = {"g", "h"};
    private static final int TRANSACTIONAL = 2;

    private static final List<Durability> DURABILITIES =
            List.of(Durability.FSYNC, Durability.FSYNC, Durability.OS, Durability.every(Duration.ofSeconds(1)));

    final History history = new History();

    private final SplittableRandom random;
    private final LogOptions options;
    private final ManualTime time = new ManualTime();
    private final FaultyStorage.Device device;
    private final List<Producer<String, String>> producers = new ArrayList<>();
    private final @Nullable Transactional[] transactional = new Transactional[TRANSACTIONAL];
    private final List<Unacknowledged> unacknowledged = new ArrayList<>();
    private final List<Sent> notForced = new ArrayList<>();
    private final List<History.Commit> commitsNotForced = new ArrayList<>();
    private SimulatedDisk disk;
    private EmbeddedLog log;
    private int recordNumber;
    private int failures;

    private record Unacknowledged(Sent sent, CompletableFuture<RecordMetadata> future) {}

    private Workload(long seed, SimulatedDisk disk, FaultyStorage.Device device) {
        this.disk = disk;
        this.device = device;
        random = new SplittableRandom(seed);
        options = LogOptions.DEFAULT
                .withTime(time)
                .withDurability(DURABILITIES.get(random.nextInt(DURABILITIES.size())))
                .withRecoveryThreads(1) // as many cuts are checked side by side as there are processors
                .withSegmentBytes(1024 << random.nextInt(5))
                .withAutoCreateTopics(false);
        log = openLog();
        newProducers();
    }

    /** Runs a workload of so many steps, and closes the log. */
    static Workload run(long seed, int steps, SimulatedDisk disk) {
        Workload workload = start(seed, steps, disk, new FaultyStorage.Device(null));
        workload.close();
        return workload;
    }

    /** Runs a workload of so many steps, and leaves the log open. */
    static Workload start(long seed, int steps, SimulatedDisk disk, FaultyStorage.Device device) {
        Workload workload = new Workload(seed, disk, device);
        workload.attempt(workload::createTopic);
        for (int i = 0; i < steps; i++) {
            workload.attempt(workload::step);
        }
        return workload;
    }

    /** With the same options as the workload's log. */
    LogOptions options() {
        return options;
    }

    /** How many calls have failed. */
    int failures() {
        return failures;
    }

    /** The disk, after the process was killed. */
    SimulatedDisk killed() {
        SimulatedDisk left = disk.reopen();
        Killed.end(log);
        return left;
    }

    /** As programs with the transactional ids of the workload do when they start. */
    static void takeTransactionsOver(EmbeddedLog log) {
        for (int i = 0; i < TRANSACTIONAL; i++) {
            log.newProducer(
                            ProducerConfig.DEFAULT.withTransactionalId("tx-" + i),
                            new StringSerializer(),
                            new StringSerializer())
                    .initTransactions();
        }
    }

    /** One record into each partition; nothing may fail. */
    void appendEverywhere() {
        takeAcknowledgements();
        unacknowledged.clear(); // nobody flushes the producers of before any more
        newProducers();
        Producer<String, String> producer = producers.get(0);
        for (TopicLife topic : living()) {
            for (int partition = 0; partition < topic.partitions; partition++) {
                send(producer, topic, partition, "k", 10);
            }
        }
        producer.flush();
        unacknowledged.forEach(
                waiting -> waiting.sent.offset = waiting.future.join().offset());
        unacknowledged.clear();
    }

    private void attempt(Runnable action) {
        try {
            action.run();
        } catch (TailraceException e) {
            failed(e);
        }
    }

    private void failed(TailraceException e) {
        if (!device.hasStruck()) {
            throw e;
        }
        failures++;
        checkClear(e);
    }

    private static void checkClear(Throwable e) {
        boolean named = false;
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            named |=
                    cause instanceof StorageException storage && !storage.file().isEmpty();
        }
        if (!named) {
            throw new Violation("not an error that names a file: " + e, e);
        }
    }

    private int now() {
        return disk.operationCount();
    }

    private EmbeddedLog openLog() {
        while (true) {
            try {
                return EmbeddedLog.open(new FaultyStorage(disk, device), options);
            } catch (TailraceException e) {
                failed(e);
                device.heal(); // the program is started again when somebody has looked at the device
                disk = disk.reopen();
            }
        }
    }

    private void newProducers() {
        Arrays.fill(transactional, null);
        producers.clear();
        for (int i = random.nextInt(1, 4); i > 0; i--) {
            Compression[] all = Compression.values();
            producers.add(log.newProducer(
                    ProducerConfig.DEFAULT
                            .withLinger(Duration.ofDays(100_000))
                            .withBatchBytes(1024 << random.nextInt(3))
                            .withCompression(
                                    random.nextInt(3) > 0 ? Compression.NONE : all[random.nextInt(all.length)]),
                    new StringSerializer(),
                    new StringSerializer()));
        }
    }

    private void step() {
        time.advance(Duration.ofMillis(random.nextInt(2_000)));
        int choice = random.nextInt(100);
        if (choice < 30) {
            produce();
        } else if (choice < 50) {
            flush(producers.get(random.nextInt(producers.size())));
        } else if (choice < 55) {
            read();
        } else if (choice < 62) {
            commit();
        } else if (choice < 85) {
            transact();
        } else if (choice < 89) {
            createTopic();
        } else if (choice < 92) {
            deleteTopic();
        } else if (choice < 95) {
            attempt(this::close);
            open();
        } else if (choice < 97) {
            kill();
        } else {
            producers.forEach(this::flush);
        }
    }

    private void produce() {
        TopicLife topic = anyTopic();
        if (topic == null) {
            return;
        }
        Producer<String, String> producer = producers.get(random.nextInt(producers.size()));
        int partition = random.nextInt(topic.partitions);
        int largest = random.nextInt(4) == 0 ? 1500 : 60;
        for (int i = random.nextInt(1, 12); i > 0; i--) {
            send(producer, topic, partition, random.nextInt(5) == 0 ? null : "k" + random.nextInt(5), largest);
        }
        takeAcknowledgements();
    }

    private Sent send(
            Producer<String, String> producer, TopicLife topic, int partition, @Nullable String key, int largest) {
        String value = topic.name + "/" + history.topics.indexOf(topic) + "/" + partition + "/" + recordNumber++ + "/"
                + "x".repeat(random.nextInt(largest));
        Sent sent = new Sent(topic, partition, key, value, now());
        topic.sent.put(value, sent);
        unacknowledged.add(
                new Unacknowledged(sent, producer.send(new ProducerRecord<>(topic.name, partition, key, value))));
        return sent;
    }

    private void flush(Producer<String, String> producer) {
        producer.flush();
        takeAcknowledgements();
    }

    private void takeAcknowledgements() {
        unacknowledged.removeIf(waiting -> {
            if (!waiting.future.isDone()) {
                return false;
            }
            try {
                waiting.sent.offset = waiting.future.join().offset();
                if (options.durability().isForced()) {
                    waiting.sent.durableAt = now();
                } else {
                    notForced.add(waiting.sent);
                }
            } catch (CompletionException e) {
                if (!(e.getCause() instanceof TailraceException failure)) {
                    throw new Violation("a record fails with " + e.getCause(), e);
                }
                boolean expected = failure instanceof UnknownTopicOrPartitionException // deleted before it was flushed
                        || failure instanceof TransactionAbortedException;
                if (!expected) {
                    failed(failure);
                }
            }
            return true;
        });
    }

    private void read() {
        TopicLife topic = anyTopic();
        if (topic != null) {
            TopicPartition partition = new TopicPartition(topic.name, random.nextInt(topic.partitions));
            Reading all = Reading.of(log, partition);
            ReadingCheck.check(partition, all, topic, now(), ReadingCheck.ACKNOWLEDGED);
            if (all.end() > all.start()) {
                long offset = random.nextLong(all.start(), all.end());
                Reading tail = Reading.from(log, partition, offset);
                List<Long> expected = offsets(all, offset, all.end());
                List<Long> found =
                        offsets(tail, offset, all.end()); // more may have been forced meanwhile, and be seen now
                Violation.check(found.equals(expected), "{} from {}: {}, not {}", partition, offset, found, expected);
            }
        }
    }

    private static List<Long> offsets(Reading reading, long from, long to) {
        return reading.records().stream()
                .map(ConsumerRecord::offset)
                .filter(offset -> offset >= from && offset < to)
                .toList();
    }

    /** The next step of a transaction. */
    private void transact() {
        int number = random.nextInt(transactional.length);
        Transactional current = transactional[number];
        if (current == null) {
            current = new Transactional("tx-" + number);
            transactional[number] = current;
        }
        try {
            current.step();
            takeAcknowledgements();
        } catch (TailraceException e) {
            transactional[number] = null; // the next one takes the id over, and aborts what this one has left
            throw e;
        }
    }

    /** A transactional producer. */
    private final class Transactional {
        private final Producer<String, String> producer;
        private History.@Nullable Transaction open;

        Transactional(String id) {
            producer = log.newProducer(
                    ProducerConfig.DEFAULT
                            .withLinger(Duration.ofDays(100_000))
                            .withTransactionalId(id)
                            .withTransactionTimeout(Duration.ofDays(20)),
                    new StringSerializer(),
                    new StringSerializer());
            producer.initTransactions();
        }

        void step() {
            History.Transaction transaction = open;
            int choice = random.nextInt(10);
            if (transaction == null) {
                producer.beginTransaction();
                open = new History.Transaction();
                history.transactions.add(open);
            } else if (choice < 6) {
                TopicLife topic = anyTopic();
                for (int i = random.nextInt(1, 5); topic != null && i > 0; i--) {
                    Sent sent = send(producer, topic, random.nextInt(topic.partitions), "t" + random.nextInt(3), 200);
                    sent.transaction = transaction;
                    transaction.records.add(sent);
                }
            } else if (choice < 7) {
                producer.flush();
            } else if (choice < 9) {
                open = null;
                transaction.commitStarted = now();
                producer.commitTransaction();
                transaction.commitDone = now();
            } else {
                open = null;
                producer.abortTransaction();
            }
        }

        boolean uses(TopicLife topic) {
            History.Transaction transaction = open;
            return transaction != null && transaction.records.stream().anyMatch(sent -> sent.topic == topic);
        }
    }

    private void commit() {
        TopicLife topic = anyTopic();
        if (topic == null) {
            return;
        }
        TopicPartition partition = new TopicPartition(topic.name, random.nextInt(topic.partitions));
        String group = GROUPS[random.nextInt(GROUPS.length)];
        long offset = random.nextInt(1000);
        History.Commit commit = history.commit(group, partition, offset, now());
        log.admin().alterCommittedOffsets(group, Map.of(partition, new OffsetAndMetadata(offset)));
        commit.acknowledged = true;
        if (options.durability().isForced()) {
            commit.durableAt = now();
        } else {
            commitsNotForced.add(commit);
        }
    }

    private void createTopic() {
        String name = TOPICS[random.nextInt(TOPICS.length)];
        if (log.admin().findTopic(name).isEmpty()) {
            int partitions = random.nextInt(1, 4);
            TopicLife topic = history.createTopic(name, partitions, now());
            log.admin().createTopic(new NewTopic(name, partitions));
            topic.createDone = now();
        }
    }

    private void deleteTopic() {
        TopicLife topic = anyTopic();
        if (topic != null
                && Arrays.stream(transactional).noneMatch(producer -> producer != null && producer.uses(topic))) {
            topic.deleteStarted = now();
            log.admin().deleteTopic(topic.name);
            topic.deleteDone = now();
        }
    }

    private @Nullable TopicLife anyTopic() {
        List<TopicLife> living = living();
        return living.isEmpty() ? null : living.get(random.nextInt(living.size()));
    }

    private List<TopicLife> living() {
        return history.topics.stream()
                .filter(topic -> topic.createDone != History.NEVER && topic.deleteStarted == History.NEVER)
                .toList();
    }

    /** Closes the log; what was acknowledged is then on the device. */
    void close() {
        log.close();
        takeAcknowledgements();
        int now = now();
        notForced.forEach(sent -> sent.durableAt = now);
        commitsNotForced.forEach(commit -> commit.durableAt = now);
    }

    private void open() {
        disk = disk.reopen();
        unacknowledged.clear();
        notForced.clear(); // of a killed process: a partition that is not used again is not forced by the next close
        commitsNotForced.clear();
        log = openLog();
        newProducers();
    }

    /** What was written stays visible, and is no safer than before. */
    private void kill() {
        EmbeddedLog killed = log;
        disk = disk.reopen();
        Killed.end(killed);
        open();
    }
}
