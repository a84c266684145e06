package io.tailrace.testkit;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.ProducerRecord;
import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A record as a test writes or reads it: key, value, headers and, unless the topic is to give it one, a time. Immutable but for its headers. */
public class TestRecord<K, V> {
    private final Headers headers;
    private final @Nullable K key;
    private final @Nullable V value;
    private final @Nullable Instant recordTime;

    /**
     * @param headers copied, null for none
     * @param recordTime null for none
     */
    public TestRecord(@Nullable K key, @Nullable V value, @Nullable Headers headers, @Nullable Instant recordTime) {
        this.key = key;
        this.value = value;
        this.headers = headers == null ? new RecordHeaders() : new RecordHeaders(headers);
        this.recordTime = recordTime;
    }

    /**
     * @param timestampMs epoch milliseconds, null for none
     * @throws IllegalArgumentException when it is negative
     */
    public TestRecord(@Nullable K key, @Nullable V value, @Nullable Headers headers, @Nullable Long timestampMs) {
        this(key, value, headers, timestampMs == null ? null : instant(timestampMs));
    }

    public TestRecord(@Nullable K key, @Nullable V value, @Nullable Instant recordTime) {
        this(key, value, null, recordTime);
    }

    public TestRecord(@Nullable K key, @Nullable V value, @Nullable Headers headers) {
        this(key, value, headers, (Instant) null);
    }

    public TestRecord(@Nullable K key, @Nullable V value) {
        this(key, value, null, (Instant) null);
    }

    public TestRecord(@Nullable V value) {
        this(null, value, null, (Instant) null);
    }

    public TestRecord(ConsumerRecord<K, V> record) {
        this(record.key(), record.value(), record.headers(), instant(record.timestamp()));
    }

    public TestRecord(ProducerRecord<K, V> record) {
        this(record.key(), record.value(), record.headers(), record.timestamp());
    }

    private static Instant instant(long timestampMs) {
        if (timestampMs < 0) {
            throw new IllegalArgumentException("timestamp " + timestampMs + " ms, expected 0 or more, or none");
        }
        return Instant.ofEpochMilli(timestampMs);
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

    /** Epoch milliseconds, null for none. */
    public @Nullable Long timestamp() {
        return recordTime == null ? null : recordTime.toEpochMilli();
    }

    public Headers getHeaders() {
        return headers;
    }

    public @Nullable K getKey() {
        return key;
    }

    public @Nullable V getValue() {
        return value;
    }

    public @Nullable Instant getRecordTime() {
        return recordTime;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof TestRecord<?, ?> that
                && Objects.equals(headers, that.headers)
                && Objects.equals(key, that.key)
                && Objects.equals(value, that.value)
                && Objects.equals(recordTime, that.recordTime);
    }

    @Override
    public int hashCode() {
        return Objects.hash(headers, key, value, recordTime);
    }

    @Override
    public String toString() {
        return "TestRecord[key=" + key + ", value=" + value + ", headers=" + headers + ", recordTime=" + recordTime
                + "]";
    }
}
