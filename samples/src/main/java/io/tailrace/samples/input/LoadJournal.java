package io.tailrace.samples.input;

import io.tailrace.common.ProducerRecord;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.Producer;
import io.tailrace.samples.log.SampleTopics;
import io.tailrace.serde.JsonSerde;
import io.tailrace.serde.Serdes;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * How far files were loaded, kept in a topic of one partition: an entry when a load starts, and one in each of its
 * transactions, which commits or vanishes with the lines that it counts. Owner: one thread.
 */
final class LoadJournal {
    private final String topic;
    private final JsonSerde<LoadEvent> serde = JsonSerde.of(LoadEvent.class);
    private final List<LoadEvent> latest = new ArrayList<>(); // of each load

    private LoadJournal(String topic) {
        this.topic = topic;
    }

    /** Reads what the journal holds; creates its topic when there is none. */
    static LoadJournal open(EventLog log, String topic) {
        SampleTopics.create(log, new NewTopic(topic, 1));
        LoadJournal journal = new LoadJournal(topic);
        SampleTopics.read(log, topic, Serdes.String().deserializer(), journal.serde.deserializer(), record -> {
            LoadEvent event = record.value();
            if (event != null) {
                journal.committed(event);
            }
        });
        return journal;
    }

    /** The last entry about that load; empty when it was never started. */
    Optional<LoadEvent> find(LoadEvent load) {
        return latest.stream().filter(event -> event.isAbout(load)).findFirst();
    }

    boolean hasCompleted(String loadedTopic) {
        return latest.stream().anyMatch(event -> event.topic().equals(loadedTopic) && event.isComplete());
    }

    /** The load into the topic that was started and not completed; there is at most one. */
    Optional<LoadEvent> unfinished(String loadedTopic) {
        return latest.stream()
                .filter(event -> event.topic().equals(loadedTopic) && !event.isComplete())
                .findFirst();
    }

    /** Commits the producer's transaction with an entry in it. */
    void commit(Producer<byte[], byte[]> producer, LoadEvent event) {
        byte[] key = event.fileId().getBytes(StandardCharsets.UTF_8);
        producer.post(new ProducerRecord<>(topic, 0, key, serde.serializer().serialize(topic, event)));
        producer.commitTransaction();
        committed(event);
    }

    private void committed(LoadEvent event) {
        latest.removeIf(event::isAbout);
        latest.add(event);
    }
}
