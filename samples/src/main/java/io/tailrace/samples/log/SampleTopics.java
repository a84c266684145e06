package io.tailrace.samples.log;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.NewTopic;
import io.tailrace.log.api.OffsetResetPolicy;
import io.tailrace.log.api.TopicDescription;
import io.tailrace.samples.SampleException;
import io.tailrace.serde.Deserializer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Topics of a log: created when they are missing, and read from beginning to end. */
public final class SampleTopics {
    private static final Duration POLL_TIMEOUT = Duration.ofSeconds(1);
    private static final ConsumerConfig CONSUMER = ConsumerConfig.DEFAULT
            .withAutoOffsetReset(OffsetResetPolicy.EARLIEST)
            .withIsolationLevel(IsolationLevel.READ_COMMITTED)
            .withMaxPollRecords(10_000);

    private static final Map<String, String> FOREVER = Map.of("retention.ms", "-1");

    private SampleTopics() {}

    /**
     * Creates the topic unless it exists, as it does when the program runs a second time. It keeps its records for good: those of
     * the samples are years old, so the default retention of a week would delete them at once.
     */
    public static void create(EventLog log, NewTopic topic) {
        Optional<TopicDescription> existing = log.admin().findTopic(topic.name());
        if (existing.isEmpty()) {
            log.admin().createTopic(new NewTopic(topic.name(), topic.partitions(), FOREVER));
        } else if (existing.get().partitions() != topic.partitions()) {
            throw new SampleException("topic " + topic.name() + " has "
                    + existing.get().partitions() + " partitions, expected " + topic.partitions()
                    + "; use another data directory");
        }
    }

    /** Shows every committed record that is in the topic now, partition after partition, each in offset order. */
    public static <K, V> void read(
            EventLog log,
            String topic,
            Deserializer<K> keys,
            Deserializer<V> values,
            java.util.function.Consumer<ConsumerRecord<K, V>> reader) {
        List<TopicPartition> partitions = log.admin().describeTopic(topic).topicPartitions();
        Map<TopicPartition, Long> ends = log.admin().endOffsets(partitions, IsolationLevel.READ_COMMITTED);
        try (Consumer<K, V> consumer = log.newConsumer(CONSUMER, keys, values)) {
            for (TopicPartition partition : partitions) {
                long end = ends.getOrDefault(partition, 0L);
                if (end > 0) {
                    consumer.assign(List.of(partition));
                    consumer.seekToBeginning(List.of(partition));
                    while (consumer.position(partition) < end) {
                        consumer.poll(POLL_TIMEOUT).forEach(reader);
                    }
                }
            }
        }
    }
}
