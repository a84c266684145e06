package io.tailrace.common;

import io.tailrace.common.header.Header;
import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A record to be written. Without a partition the producer chooses one, by the key's hash if there is a key; without a
 * timestamp the producer takes the current time. Immutable but for its headers, which become read-only when it is sent.
 *
 * @param <K> type of the key, which may be null
 * @param <V> type of the value, which may be null: a tombstone in a compacted topic
 */
public final class ProducerRecord<K, V> {
    private final String topic;
    private final @Nullable Integer partition;
    private final @Nullable Long timestamp;
    private final @Nullable K key;
    private final @Nullable V value;
    private final RecordHeaders headers;

    /**
     * @param partition from 0, or null
     * @param timestamp milliseconds since 1970-01-01T00:00Z, or null
     * @param headers copied, or null
     */
    public ProducerRecord(
            String topic,
            @Nullable Integer partition,
            @Nullable Long timestamp,
            @Nullable K key,
            @Nullable V value,
            @Nullable Iterable<Header> headers) {
        this.topic = Objects.requireNonNull(topic, "topic must not be null");
        if (timestamp != null && timestamp < 0) {
            throw new IllegalArgumentException("timestamp of a record for topic '" + topic + "' is " + timestamp
                    + ", expected 0 or more, or null");
        }
        if (partition != null && partition < 0) {
            throw new IllegalArgumentException("partition of a record for topic '" + topic + "' is " + partition
                    + ", expected 0 or more, or null");
        }
        this.partition = partition;
        this.timestamp = timestamp;
        this.key = key;
        this.value = value;
        this.headers = headers == null ? new RecordHeaders() : new RecordHeaders(headers);
    }

    public ProducerRecord(
            String topic, @Nullable Integer partition, @Nullable Long timestamp, @Nullable K key, @Nullable V value) {
        this(topic, partition, timestamp, key, value, null);
    }

    public ProducerRecord(
            String topic,
            @Nullable Integer partition,
            @Nullable K key,
            @Nullable V value,
            @Nullable Iterable<Header> headers) {
        this(topic, partition, null, key, value, headers);
    }

    public ProducerRecord(String topic, @Nullable Integer partition, @Nullable K key, @Nullable V value) {
        this(topic, partition, null, key, value, null);
    }

    public ProducerRecord(String topic, @Nullable K key, @Nullable V value) {
        this(topic, null, null, key, value, null);
    }

    public ProducerRecord(String topic, @Nullable V value) {
        this(topic, null, null, null, value, null);
    }

    public String topic() {
        return topic;
    }

    public @Nullable Integer partition() {
        return partition;
    }

    public @Nullable Long timestamp() {
        return timestamp;
    }

    public Headers headers() {
        return headers;
    }

    public @Nullable K key() {
        return key;
    }

    public @Nullable V value() {
        return value;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return this == other
                || (other instanceof ProducerRecord<?, ?> that
                        && topic.equals(that.topic)
                        && Objects.equals(partition, that.partition)
                        && Objects.equals(timestamp, that.timestamp)
                        && Objects.equals(key, that.key)
                        && Objects.equals(value, that.value)
                        && headers.equals(that.headers));
    }

    @Override
    public int hashCode() {
        return Objects.hash(topic, partition, timestamp, key, value, headers);
    }

    /** For people; holds key and value, so do not log it. */
    @Override
    public String toString() {
        return "ProducerRecord(topic=" + topic + ", partition=" + partition + ", headers=" + headers + ", key=" + key
                + ", value=" + value + ", timestamp=" + timestamp + ")";
    }
}
