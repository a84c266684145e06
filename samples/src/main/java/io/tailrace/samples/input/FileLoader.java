package io.tailrace.samples.input;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.header.Header;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.samples.Progress;
import io.tailrace.samples.SampleException;
import io.tailrace.serde.ByteArraySerializer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Loads files into topics, each line exactly once, however often the load is killed and started again: lines are sent in
 * transactions, each with an entry of the journal that says how far it goes ({@link LoadEvent}). So what readers of committed
 * data see always ends at a line that the journal knows.
 *
 * <p>Owner: one thread; only one loader may write to a topic.
 */
public final class FileLoader {
    private static final ProducerConfig PRODUCER = ProducerConfig.DEFAULT.withBatchBytes(256 * 1024);
    private static final int LINES_PER_COMMIT = 10_000;

    private final EventLog log;
    private final LoadJournal journal;
    private final ProducerConfig config;
    private final int linesPerCommit;

    /** @param journalTopic created when there is none; also the transactional id */
    public FileLoader(EventLog log, String journalTopic) {
        this(log, journalTopic, LINES_PER_COMMIT);
    }

    /** @param linesPerCommit how many lines a kill sends back at most */
    FileLoader(EventLog log, String journalTopic, int linesPerCommit) {
        this.log = log;
        this.journal = LoadJournal.open(log, journalTopic);
        this.config = PRODUCER.withTransactionalId(journalTopic);
        this.linesPerCommit = linesPerCommit;
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
        LoadEvent start = LoadEvent.of(format.topic(), file, 0);
        Optional<LoadEvent> known = journal.find(start);
        if (known.isPresent() && known.get().isComplete()) {
            return 0;
        }
        Optional<LoadEvent> unfinished = journal.unfinished(format.topic());
        if (unfinished.isPresent() && !unfinished.get().isAbout(start)) {
            throw unfinishedFailure(unfinished.get());
        }
        try (Producer<byte[], byte[]> producer =
                log.newProducer(config, new ByteArraySerializer(), new ByteArraySerializer())) {
            producer.initTransactions();
            producer.beginTransaction();
            if (known.isEmpty()) {
                journal.commit(producer, start);
                producer.beginTransaction();
            }
            return send(file, format, known.orElse(start).done(), producer, progress);
        }
    }

    private long send(
            ScannedFile file,
            LineFormat format,
            long doneBefore,
            Producer<byte[], byte[]> producer,
            Progress progress) {
        long done = 0;
        try (LineReader lines = file.file().lines();
                Progress.Meter meter = progress.start("loaded", "lines", file.lines())) {
            if (file.hasHeader()) {
                lines.next();
            }
            for (Line line = lines.next(); line != null; line = lines.next()) {
                LineFormat.Entry entry = format.entry(line);
                done++;
                if (done > doneBefore) {
                    byte[] key = entry.key().getBytes(StandardCharsets.UTF_8);
                    producer.post(new ProducerRecord<>(
                            format.topic(), null, entry.timestampMs(), key, entry.value(), headers(file, line)));
                    // The last lines wait for what the end of the file tells about it.
                    if ((done - doneBefore) % linesPerCommit == 0 && done < file.lines()) {
                        journal.commit(producer, LoadEvent.of(format.topic(), file, done));
                        producer.beginTransaction();
                    }
                }
                meter.reached(done);
                if (Thread.currentThread().isInterrupted()) {
                    throw new SampleException("the load of " + file.file().name() + " was interrupted after " + done
                            + " lines; run again to finish it");
                }
            }
            if (lines.contentId() != file.id()) {
                throw new SampleException("input " + file.file().name()
                        + " was changed while it was loaded; put it back as it was and run again");
            }
        }
        journal.commit(producer, LoadEvent.of(format.topic(), file, done));
        return done - doneBefore;
    }

    private static List<Header> headers(ScannedFile file, Line line) {
        Header source = new LineSource(file.id(), line.number()).toHeader();
        return line.isWhole() ? List.of(source) : List.of(source, LineSource.lengthHeader(line));
    }

    private static SampleException unfinishedFailure(LoadEvent load) {
        return new SampleException("the load of " + load.file() + " into topic " + load.topic()
                + " was interrupted; finish it first by running again with --input " + load.file());
    }
}
