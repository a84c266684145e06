package io.tailrace.testkit;

import io.tailrace.processor.KeyValue;
import io.tailrace.serde.Serializer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pipes records into one topic; each is processed completely before the call returns. Records without a time of their own get
 * that of the topic, which then advances by what was chosen when the topic was made. One thread, that of the driver.
 */
public class TestInputTopic<K, V> {
    private final TopologyTestDriver driver;
    private final String topic;
    private final Serializer<K> keySerializer;
    private final Serializer<V> valueSerializer;
    private final Duration autoAdvance;
    private Instant now;

    TestInputTopic(
            TopologyTestDriver driver,
            String topic,
            Serializer<K> keySerializer,
            Serializer<V> valueSerializer,
            Instant start,
            Duration autoAdvance) {
        this.driver = driver;
        this.topic = topic;
        this.keySerializer = keySerializer;
        this.valueSerializer = valueSerializer;
        this.autoAdvance = autoAdvance;
        this.now = start;
    }

    /** @throws IllegalArgumentException when {@code advance} is negative */
    public void advanceTime(Duration advance) {
        if (advance.isNegative()) {
            throw new IllegalArgumentException(
                    "advance the time of topic '" + topic + "' by " + advance + ", expected zero or more");
        }
        now = now.plus(advance);
    }

    private Instant nextTime() {
        Instant time = now;
        now = now.plus(autoAdvance);
        return time;
    }

    public void pipeInput(TestRecord<K, V> record) {
        Instant time = record.getRecordTime();
        driver.pipe(topic, record, time == null ? nextTime() : time, keySerializer, valueSerializer);
    }

    public void pipeInput(@Nullable V value) {
        pipeInput(new TestRecord<>(value));
    }

    public void pipeInput(@Nullable K key, @Nullable V value) {
        pipeInput(new TestRecord<>(key, value));
    }

    public void pipeInput(@Nullable V value, Instant timestamp) {
        pipeInput(new TestRecord<>(null, value, timestamp));
    }

    public void pipeInput(@Nullable K key, @Nullable V value, Instant timestamp) {
        pipeInput(new TestRecord<>(key, value, timestamp));
    }

    public void pipeInput(@Nullable K key, @Nullable V value, long timestampMs) {
        pipeInput(new TestRecord<>(key, value, null, timestampMs));
    }

    public void pipeRecordList(List<? extends TestRecord<K, V>> records) {
        records.forEach(this::pipeInput);
    }

    public void pipeKeyValueList(List<KeyValue<K, V>> keyValues) {
        keyValues.forEach(entry -> pipeInput(entry.key, entry.value));
    }

    public void pipeKeyValueList(List<KeyValue<K, V>> keyValues, Instant startTimestamp, Duration advance) {
        Instant time = startTimestamp;
        for (KeyValue<K, V> entry : keyValues) {
            pipeInput(entry.key, entry.value, time);
            time = time.plus(advance);
        }
    }

    public void pipeValueList(List<V> values) {
        values.forEach(this::pipeInput);
    }

    public void pipeValueList(List<V> values, Instant startTimestamp, Duration advance) {
        Instant time = startTimestamp;
        for (V value : values) {
            pipeInput(value, time);
            time = time.plus(advance);
        }
    }

    @Override
    public String toString() {
        return "TestInputTopic[topic=" + topic + ", time=" + now + ", autoAdvance=" + autoAdvance + "]";
    }
}
