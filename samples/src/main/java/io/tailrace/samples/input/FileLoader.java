package io.tailrace.samples.input;

import io.tailrace.common.Murmur2;
import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.header.Header;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.samples.Progress;
import io.tailrace.samples.SampleException;
import io.tailrace.samples.input.LoadEvent.State;
import io.tailrace.samples.log.SampleTopics;
import io.tailrace.serde.ByteArraySerializer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Loads files into topics, each line exactly once, however often the load is killed and started again.
 *
 * <p>A journal topic tells which files are complete. Within the file that is not, no transaction is needed: each record names
 * its line ({@link LineSource}), and the records of one partition keep the order of the lines. So the last record of each
 * partition tells up to which line this partition has everything, and only what lies behind is sent again.
 *
 * <p>Owner: one thread; only one loader may write to a topic.
 */
public final class FileLoader {
    private static final ProducerConfig PRODUCER = ProducerConfig.DEFAULT.withBatchBytes(256 * 1024);

    private final EventLog log;
    private final LoadJournal journal;

    /** @param journalTopic created when there is none */
    public FileLoader(EventLog log, String journalTopic) {
        this.log = log;
        this.journal = LoadJournal.open(log, journalTopic);
    }

    /** Whether any file was loaded into the topic completely. */
    public boolean hasLoaded(String topic) {
        return journal.hasCompleted(topic);
    }

    /** Fails when a load into the topic was interrupted, because the topic then holds only a part of a file. */
    public void requireFinished(String topic) {
        Optional<LoadEvent> unfinished = journal.unfinished(topic);
        if (unfinished.isPresent()) {
            throw unfinishedFailure(unfinished.get());
        }
    }

    /**
     * Loads the file, or the rest of it when an earlier load was interrupted, or nothing when it is loaded already.
     *
     * @return how many records were sent
     * @throws SampleException when the load of another file into this topic was interrupted and must be finished first
     */
    public long load(ScannedFile file, LineFormat format, Progress progress) {
        LoadEvent started = LoadEvent.of(format.topic(), file, State.STARTED);
        if (journal.isComplete(started)) {
            return 0;
        }
        Optional<LoadEvent> unfinished = journal.unfinished(format.topic());
        if (unfinished.isEmpty()) {
            journal.append(started);
        } else if (!unfinished.get().isAbout(started)) {
            throw unfinishedFailure(unfinished.get());
        }
        long sent = send(file, format, progress);
        journal.append(LoadEvent.of(format.topic(), file, State.COMPLETED));
        return sent;
    }

    private long send(ScannedFile file, LineFormat format, Progress progress) {
        long[] lastLines = lastLines(file.id(), format.topic());
        long sent = 0;
        try (LineReader lines = file.file().lines();
                Progress.Meter meter = progress.start("loaded", "lines", file.lines());
                Producer<byte[], byte[]> producer =
                        log.newProducer(PRODUCER, new ByteArraySerializer(), new ByteArraySerializer())) {
            if (file.hasHeader()) {
                lines.next();
            }
            long done = 0;
            for (Line line = lines.next(); line != null; line = lines.next()) {
                LineFormat.Entry entry = format.entry(line);
                byte[] key = entry.key().getBytes(StandardCharsets.UTF_8);
                int partition = Murmur2.toPartition(key, lastLines.length);
                if (line.number() > lastLines[partition]) {
                    producer.post(new ProducerRecord<>(
                            format.topic(), partition, entry.timestampMs(), key, entry.value(), headers(file, line)));
                    sent++;
                }
                meter.reached(++done);
                if (Thread.currentThread().isInterrupted()) {
                    throw new SampleException("the load of " + file.file().name() + " was interrupted after " + done
                            + " lines; run again to finish it");
                }
            }
            producer.flush();
            if (lines.contentId() != file.id()) {
                throw new SampleException("input " + file.file().name()
                        + " was changed while it was loaded; put it back as it was and run again");
            }
        }
        return sent;
    }

    private static List<Header> headers(ScannedFile file, Line line) {
        Header source = new LineSource(file.id(), line.number()).toHeader();
        return line.isWhole() ? List.of(source) : List.of(source, LineSource.lengthHeader(line));
    }

    /** For each partition the number of the last line of this file that it has; 0 for none. */
    private long[] lastLines(long fileId, String topic) {
        List<TopicPartition> partitions = log.admin().describeTopic(topic).topicPartitions();
        long[] lastLines = new long[partitions.size()];
        SampleTopics.readLast(log, topic, record -> {
            LineSource source = LineSource.of(topic, record.headers());
            if (source.fileId() == fileId) {
                lastLines[record.partition()] = source.line();
            }
        });
        return lastLines;
    }

    private static SampleException unfinishedFailure(LoadEvent load) {
        return new SampleException("the load of " + load.file() + " into topic " + load.topic()
                + " was interrupted; finish it first by running again with --input " + load.file());
    }
}
