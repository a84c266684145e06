package io.tailrace.systemtests.kill;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.LogOptions;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.Durability;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.OffsetResetPolicy;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.log.storage.FileStorage;
import io.tailrace.serde.Serdes;
import io.tailrace.systemtests.process.StepwiseStorage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Semaphore;

/**
 * A process to be killed: opens the log and works on it with two idempotent producers, two transactional producers that answer what
 * those write, two consumers of a group and two without one, until its standard input ends; then it closes everything. It reports to
 * its standard output. Any failure ends it with exit code 3.
 */
final class Victim {
    static final int FAILED = 3;

    /** The writers are at most this many records ahead of the movers. */
    private static final int MOST_BACKLOG = 20_000;

    final VictimSettings settings;
    final EventLog log;
    final Report.Writer report;
    final Semaphore backlog;
    volatile boolean stopping;

    private Victim(VictimSettings settings, EventLog log, Report.Writer report, int backlog) {
        this.settings = settings;
        this.log = log;
        this.report = report;
        this.backlog = new Semaphore(MOST_BACKLOG - backlog);
    }

    public static void main(String[] arguments) {
        Thread.setDefaultUncaughtExceptionHandler((thread, failure) -> {
            failure.printStackTrace();
            Runtime.getRuntime().halt(FAILED);
        });
        VictimSettings settings = VictimSettings.parse(arguments);
        Report.Writer report = new Report.Writer();
        StepwiseStorage storage = new StepwiseStorage(
                FileStorage.open(Path.of(settings.directory())), () -> report.write(Report.Kind.STEP));
        LogOptions options = LogOptions.DEFAULT
                .withAutoCreateTopics(false)
                .withSegmentBytes(settings.segmentBytes())
                .withDurability(settings.forced() ? Durability.FSYNC : Durability.OS);
        try (EventLog log = EmbeddedLog.open(storage.asStorage(), options)) {
            ensureTopic(log, Mark.TOPIC, Mark.PARTITIONS);
            ensureTopic(log, Move.TOPIC, Move.PARTITIONS);
            storage.report(false);
            report.write(Report.Kind.OPENED);
            new Victim(settings, log, report, backlog(log)).run();
            storage.report(true);
        }
        report.write(Report.Kind.CLOSED);
    }

    private static void ensureTopic(EventLog log, String topic, int partitions) {
        if (log.admin().findTopic(topic).isEmpty()) {
            log.admin().createTopic(new NewTopic(topic, partitions));
        }
    }

    private static int backlog(EventLog log) {
        Map<TopicPartition, OffsetAndMetadata> moved = log.admin().committedOffsets(Move.GROUP);
        long backlog = 0;
        for (Map.Entry<TopicPartition, Long> end :
                log.admin().endOffsets(partitions(Mark.TOPIC, Mark.PARTITIONS)).entrySet()) {
            OffsetAndMetadata offset = moved.get(end.getKey());
            backlog += end.getValue() - (offset == null ? 0 : offset.offset());
        }
        return Math.toIntExact(backlog);
    }

    static List<TopicPartition> partitions(String topic, int count) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (int partition = 0; partition < count; partition++) {
            partitions.add(new TopicPartition(topic, partition));
        }
        return partitions;
    }

    private void run() {
        SplittableRandom random = new SplittableRandom(settings.seed());
        GroupProgress progress = GroupProgress.resume(this);
        List<Worker> workers = new ArrayList<>();
        long[] last = lastNumbers();
        for (int producer = 0; producer < Mark.PRODUCERS; producer++) {
            workers.add(new NumberWriter(this, producer, last[producer] + 1, random.split()));
        }
        for (int mover = 0; mover < Move.MOVERS; mover++) {
            workers.add(new Mover(this, mover, random.split()));
        }
        for (int reader = 0; reader < GroupReader.READERS; reader++) {
            workers.add(new GroupReader(this, progress, random.split()));
        }
        for (IsolationLevel isolation : IsolationLevel.values()) {
            workers.add(new Watcher(this, isolation, random.split()));
        }
        workers.forEach(Worker::start);
        awaitEndOfInput();
        stopping = true;
        backlog.release(MOST_BACKLOG);
        workers.forEach(Worker::stop);
        workers.forEach(Worker::await);
    }

    private static void awaitEndOfInput() {
        try {
            System.in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException e) {
            throw new IllegalStateException("cannot read the standard input", e);
        }
    }

    /** As an application that numbers its records finds out where to go on: by reading the end of the log. */
    private long[] lastNumbers() {
        long[] last = settings.lastNumbers().stream().mapToLong(Long::longValue).toArray();
        List<TopicPartition> partitions = partitions(Mark.TOPIC, Mark.PARTITIONS);
        Map<TopicPartition, Long> ends = log.admin().endOffsets(partitions);
        try (Consumer<byte[], byte[]> consumer = newConsumer(ConsumerConfig.DEFAULT)) {
            consumer.assign(partitions);
            partitions.forEach(
                    partition -> consumer.seek(partition, settings.tail().get(partition.partition())));
            while (!partitions.stream().allMatch(partition -> consumer.position(partition) >= end(ends, partition))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(Duration.ofMinutes(1))) {
                    Mark mark = Mark.of(record);
                    last[mark.producer()] = Math.max(last[mark.producer()], mark.number());
                }
            }
        }
        return last;
    }

    static long end(Map<TopicPartition, Long> ends, TopicPartition partition) {
        Long end = ends.get(partition);
        if (end == null) {
            throw new IllegalStateException("no end of " + partition);
        }
        return end;
    }

    Producer<byte[], byte[]> newProducer(ProducerConfig config) {
        return log.newProducer(
                config, Serdes.ByteArray().serializer(), Serdes.ByteArray().serializer());
    }

    Consumer<byte[], byte[]> newConsumer(ConsumerConfig config) {
        return log.newConsumer(
                config.withAutoOffsetReset(OffsetResetPolicy.EARLIEST),
                Serdes.ByteArray().deserializer(),
                Serdes.ByteArray().deserializer());
    }
}
