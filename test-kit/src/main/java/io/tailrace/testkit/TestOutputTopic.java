package io.tailrace.testkit;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.processor.KeyValue;
import io.tailrace.serde.Deserializer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a topology wrote to one topic, each record once, in the order of writing. Two objects for one topic share the
 * queue. One thread, that of the driver.
 */
public class TestOutputTopic<K, V> {
    private final TopologyTestDriver driver;
    private final String topic;
    private final Deserializer<K> keyDeserializer;
    private final Deserializer<V> valueDeserializer;

    TestOutputTopic(
            TopologyTestDriver driver,
            String topic,
            Deserializer<K> keyDeserializer,
            Deserializer<V> valueDeserializer) {
        this.driver = driver;
        this.topic = topic;
        this.keyDeserializer = keyDeserializer;
        this.valueDeserializer = valueDeserializer;
    }

    /**
     * The next record.
     *
     * @throws java.util.NoSuchElementException when there is none
     */
    public TestRecord<K, V> readRecord() {
        ConsumerRecord<byte[], byte[]> raw = driver.outputs().read(topic);
        return new TestRecord<>(
                keyDeserializer.deserialize(topic, raw.headers(), raw.key()),
                valueDeserializer.deserialize(topic, raw.headers(), raw.value()),
                raw.headers(),
                raw.timestamp());
    }

    /** As {@link #readRecord}. */
    public @Nullable V readValue() {
        return readRecord().value();
    }

    /** As {@link #readRecord}. */
    public KeyValue<K, V> readKeyValue() {
        TestRecord<K, V> record = readRecord();
        return new KeyValue<>(record.key(), record.value());
    }

    public List<TestRecord<K, V>> readRecordsToList() {
        List<TestRecord<K, V>> records = new ArrayList<>();
        while (!isEmpty()) {
            records.add(readRecord());
        }
        return records;
    }

    public List<KeyValue<K, V>> readKeyValuesToList() {
        return readRecordsToList().stream()
                .map(record -> new KeyValue<>(record.key(), record.value()))
                .toList();
    }

    /**
     * The last value of each key.
     *
     * @throws IllegalStateException when a record has no key
     */
    public Map<K, V> readKeyValuesToMap() {
        Map<K, V> last = new LinkedHashMap<>();
        for (TestRecord<K, V> record : readRecordsToList()) {
            K key = record.key();
            if (key == null) {
                throw new IllegalStateException(
                        "a record of topic '" + topic + "' has no key, so there is no map: " + record);
            }
            put(last, key, record.value());
        }
        return last;
    }

    @SuppressWarnings("NullAway") // a map of what is in a topic has null where the topic has a tombstone
    private static <K, V> void put(Map<K, V> map, K key, @Nullable V value) {
        map.put(key, value);
    }

    /** Values in the order of writing; null for a tombstone. */
    public List<V> readValuesToList() {
        List<V> values = new ArrayList<>();
        for (TestRecord<K, V> record : readRecordsToList()) {
            add(values, record.value());
        }
        return values;
    }

    @SuppressWarnings("NullAway") // as in put
    private static <V> void add(List<V> values, @Nullable V value) {
        values.add(value);
    }

    public long getQueueSize() {
        return driver.outputs().size(topic);
    }

    public boolean isEmpty() {
        return getQueueSize() == 0;
    }

    @Override
    public String toString() {
        return "TestOutputTopic[topic=" + topic + ", size=" + getQueueSize() + "]";
    }
}
