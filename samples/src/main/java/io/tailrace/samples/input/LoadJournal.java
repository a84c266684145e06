package io.tailrace.samples.input;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.Producer;
import io.tailrace.log.api.ProducerConfig;
import io.tailrace.samples.input.LoadEvent.State;
import io.tailrace.samples.log.SampleTopics;
import io.tailrace.serde.JsonSerde;
import io.tailrace.serde.Serdes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Which files were loaded, kept in a topic of one partition, one entry when a load starts and one when it is complete.
 * Owner: one thread.
 */
final class LoadJournal {
    private final EventLog log;
    private final TopicPartition partition;
    private final JsonSerde<LoadEvent> serde = JsonSerde.of(LoadEvent.class);
    private final List<LoadEvent> events = new ArrayList<>();

    private LoadJournal(EventLog log, String topic) {
        this.log = log;
        this.partition = new TopicPartition(topic, 0);
    }

    /** Reads what the journal holds; creates its topic when there is none. */
    static LoadJournal open(EventLog log, String topic) {
        SampleTopics.create(log, new NewTopic(topic, 1));
        LoadJournal journal = new LoadJournal(log, topic);
        SampleTopics.read(log, topic, Serdes.String().deserializer(), journal.serde.deserializer(), record -> {
            LoadEvent event = record.value();
            if (event != null) {
                journal.events.add(event);
            }
        });
        return journal;
    }

    boolean isComplete(LoadEvent load) {
        return events.stream().anyMatch(event -> event.isAbout(load) && event.state() == State.COMPLETED);
    }

    boolean hasCompleted(String topic) {
        return events.stream().anyMatch(event -> event.topic().equals(topic) && event.state() == State.COMPLETED);
    }

    /** The load into the topic that was started and not completed; there is at most one. */
    Optional<LoadEvent> unfinished(String topic) {
        return events.stream()
                .filter(event -> event.topic().equals(topic) && !isComplete(event))
                .findFirst();
    }

    /** Appends an entry; it survives a crash of the process when this returns. */
    void append(LoadEvent event) {
        try (Producer<String, LoadEvent> producer =
                log.newProducer(ProducerConfig.DEFAULT, Serdes.String().serializer(), serde.serializer())) {
            producer.post(new ProducerRecord<>(partition.topic(), partition.partition(), event.fileId(), event));
            producer.flush();
        }
        events.add(event);
    }
}
