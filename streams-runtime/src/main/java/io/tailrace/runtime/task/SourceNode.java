package io.tailrace.runtime.task;

import io.tailrace.processor.TimestampExtractor;
import io.tailrace.processor.api.Record;
import io.tailrace.serde.Deserializer;

/** Where records of the input queues enter the tree. Owner: the task's thread. */
final class SourceNode extends Node {
    final Deserializer<?> keyDeserializer;
    final Deserializer<?> valueDeserializer;
    final TimestampExtractor timestampExtractor;
    private final Node[] children;

    SourceNode(
            String name,
            Deserializer<?> keyDeserializer,
            Deserializer<?> valueDeserializer,
            TimestampExtractor timestampExtractor,
            Node[] children) {
        super(name);
        this.keyDeserializer = keyDeserializer;
        this.valueDeserializer = valueDeserializer;
        this.timestampExtractor = timestampExtractor;
        this.children = children;
    }

    @Override
    void init() {}

    @Override
    void process(Record<Object, Object> record) {
        for (Node child : children) {
            child.process(record);
        }
    }

    @Override
    void close() {}
}
