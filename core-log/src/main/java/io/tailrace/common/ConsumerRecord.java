package io.tailrace.common;

import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import org.jspecify.annotations.Nullable;

/**
 * A record as it is read from a partition. Immutable but for its headers. Nothing is checked here: the record comes from
 * the log, and this is the hot path.
 *
 * @param <K> type of the key, which may be null
 * @param <V> type of the value, which may be null: a tombstone in a compacted topic
 */
public final class ConsumerRecord<K, V> {
    /** Timestamp of a record that has none. */
    public static final long NO_TIMESTAMP = -1L;

    /** Size of a key or value that is null, or whose size is not known. */
    public static final int NULL_SIZE = -1;

    private final String topic;
    private final int partition;
    private final long offset;
    private final long timestamp;
    private final TimestampType timestampType;
    private final int serializedKeySize;
    private final int serializedValueSize;
    private final Headers headers;
    private final @Nullable K key;
    private final @Nullable V value;

    /**
     * @param offset number of the record in its partition
     * @param timestamp milliseconds since 1970-01-01T00:00Z, or {@link #NO_TIMESTAMP}
     * @param serializedKeySize in bytes, or {@link #NULL_SIZE}
     * @param serializedValueSize in bytes, or {@link #NULL_SIZE}
     */
    public ConsumerRecord(
            String topic,
            int partition,
            long offset,
            long timestamp,
            TimestampType timestampType,
            int serializedKeySize,
            int serializedValueSize,
            @Nullable K key,
            @Nullable V value,
            Headers headers) {
        this.topic = topic;
        this.partition = partition;
        this.offset = offset;
        this.timestamp = timestamp;
        this.timestampType = timestampType;
        this.serializedKeySize = serializedKeySize;
        this.serializedValueSize = serializedValueSize;
        this.key = key;
        this.value = value;
        this.headers = headers;
    }

    /** A record without timestamp, sizes and headers, for tests. */
    public ConsumerRecord(String topic, int partition, long offset, @Nullable K key, @Nullable V value) {
        this(
                topic,
                partition,
                offset,
                NO_TIMESTAMP,
                TimestampType.NO_TIMESTAMP_TYPE,
                NULL_SIZE,
                NULL_SIZE,
                key,
                value,
                new RecordHeaders());
    }

    public String topic() {
        return topic;
    }

    public int partition() {
        return partition;
    }

    public long offset() {
        return offset;
    }

    public long timestamp() {
        return timestamp;
    }

    public TimestampType timestampType() {
        return timestampType;
    }

    public int serializedKeySize() {
        return serializedKeySize;
    }

    public int serializedValueSize() {
        return serializedValueSize;
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

    /** For people; holds key and value, so log {@code topic-partition@offset} instead. */
    @Override
    public String toString() {
        return "ConsumerRecord(topic = " + topic + ", partition = " + partition + ", offset = " + offset + ", "
                + timestampType + " = " + timestamp + ", serialized key size = " + serializedKeySize
                + ", serialized value size = " + serializedValueSize + ", headers = " + headers + ", key = " + key
                + ", value = " + value + ")";
    }
}
