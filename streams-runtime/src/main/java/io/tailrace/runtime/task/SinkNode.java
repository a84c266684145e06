package io.tailrace.runtime.task;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.ProducerRecord;
import io.tailrace.common.header.Headers;
import io.tailrace.errors.StreamsException;
import io.tailrace.errors.handler.ProductionExceptionHandler.SerializationExceptionOrigin;
import io.tailrace.processor.RecordContext;
import io.tailrace.processor.StreamPartitioner;
import io.tailrace.processor.TopicNameExtractor;
import io.tailrace.processor.api.Record;
import io.tailrace.serde.Serializer;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Serializes records and gives them to the producer. Owner: the task's thread. */
final class SinkNode extends Node {
    private final TaskScope scope;
    private final @Nullable String fixedTopic;
    private final @Nullable TopicNameExtractor<Object, Object> topicName;
    private final Serializer<Object> keySerializer;
    private final Serializer<Object> valueSerializer;
    private final @Nullable StreamPartitioner<Object, Object> partitioner;

    /** Either {@code fixedTopic}, by its name in the log, or {@code topicName} is given. */
    SinkNode(
            String name,
            TaskScope scope,
            @Nullable String fixedTopic,
            @Nullable TopicNameExtractor<Object, Object> topicName,
            Serializer<Object> keySerializer,
            Serializer<Object> valueSerializer,
            @Nullable StreamPartitioner<Object, Object> partitioner) {
        super(name);
        this.scope = scope;
        this.fixedTopic = fixedTopic;
        this.topicName = topicName;
        this.keySerializer = keySerializer;
        this.valueSerializer = valueSerializer;
        this.partitioner = partitioner;
    }

    @Override
    void init() {}

    @Override
    void process(Record<Object, Object> record) {
        String topic;
        Set<Integer> partitions;
        try {
            topic = topic(record);
            partitions = partitions(topic, record);
        } catch (Exception e) {
            scope.failures.processing("sink", name, record, e);
            return;
        }
        Headers headers = record.headers();
        byte[] key;
        try {
            key = keySerializer.serialize(topic, headers, record.key());
        } catch (Exception e) {
            scope.failures.serialization(name, unserialized(topic, record), e, SerializationExceptionOrigin.KEY);
            return;
        }
        byte[] value;
        try {
            value = valueSerializer.serialize(topic, headers, record.value());
        } catch (Exception e) {
            scope.failures.serialization(name, unserialized(topic, record), e, SerializationExceptionOrigin.VALUE);
            return;
        }
        if (partitions == null) {
            send(new ProducerRecord<>(topic, null, record.timestamp(), key, value, headers));
            return;
        }
        for (Integer partition : partitions) {
            send(new ProducerRecord<>(topic, partition, record.timestamp(), key, value, headers));
        }
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        try {
            scope.send(record);
        } catch (RuntimeException e) {
            scope.failures.production(name, record, e);
        }
    }

    private static ProducerRecord<Object, Object> unserialized(String topic, Record<Object, Object> record) {
        return new ProducerRecord<>(topic, null, record.timestamp(), record.key(), record.value(), record.headers());
    }

    /** Null for the one that the producer chooses. */
    private @Nullable Set<Integer> partitions(String topic, Record<Object, Object> record) {
        StreamPartitioner<Object, Object> chooser = partitioner;
        if (chooser == null) {
            return null;
        }
        int count = scope.services.partitionCounts().applyAsInt(topic);
        Optional<Set<Integer>> chosen = chooser.partitions(topic, record.key(), record.value(), count);
        if (chosen.isEmpty()) {
            return null;
        }
        for (Integer partition : chosen.get()) {
            if (partition < 0 || partition >= count) {
                throw new StreamsException("the partitioner chose partition " + partition + " of topic '" + topic
                        + "', expected 0.." + (count - 1));
            }
        }
        return chosen.get();
    }

    private String topic(Record<Object, Object> record) {
        if (fixedTopic != null) {
            return fixedTopic;
        }
        String topic = topicName == null
                ? null
                : topicName.extract(record.key(), record.value(), new SinkRecordContext(scope, record));
        if (topic == null) {
            throw new StreamsException("the topic name extractor returned null, expected the name of a topic");
        }
        return topic;
    }

    @Override
    void close() {}

    /** What a {@link TopicNameExtractor} may know of the record: its own time and headers, and its source if there is one. */
    private record SinkRecordContext(TaskScope scope, Record<Object, Object> record) implements RecordContext {
        @Override
        public @Nullable String topic() {
            ConsumerRecord<byte[], byte[]> source = scope.current;
            return source == null ? null : source.topic();
        }

        @Override
        public int partition() {
            ConsumerRecord<byte[], byte[]> source = scope.current;
            return source == null ? -1 : source.partition();
        }

        @Override
        public long offset() {
            ConsumerRecord<byte[], byte[]> source = scope.current;
            return source == null ? -1 : source.offset();
        }

        @Override
        public long timestamp() {
            return record.timestamp();
        }

        @Override
        public Headers headers() {
            return record.headers();
        }

        @Override
        public byte @Nullable [] sourceRawKey() {
            ConsumerRecord<byte[], byte[]> source = scope.current;
            return source == null ? null : source.key();
        }

        @Override
        public byte @Nullable [] sourceRawValue() {
            ConsumerRecord<byte[], byte[]> source = scope.current;
            return source == null ? null : source.value();
        }
    }
}
