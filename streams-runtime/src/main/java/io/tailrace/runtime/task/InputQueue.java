package io.tailrace.runtime.task;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TopicPartition;
import io.tailrace.processor.TimestampExtractor;
import io.tailrace.processor.api.Record;
import io.tailrace.processor.time.FailOnInvalidTimestamp;
import io.tailrace.processor.time.LogAndSkipOnInvalidTimestamp;
import io.tailrace.processor.time.UsePartitionTimeOnInvalidTimestamp;
import java.util.ArrayDeque;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Records of one input partition that wait to be processed. Only the first one, the head, is deserialized and has its event
 * time, because the head is all that the choice between partitions needs. Owner: the task's thread.
 */
final class InputQueue {
    private static final Logger LOG = LoggerFactory.getLogger(InputQueue.class);
    private static final long UNKNOWN = -1;

    final TopicPartition partition;
    final SourceNode source;

    private final HeadReader reader;
    private final boolean recordTimeSuffices;
    private final ArrayDeque<ConsumerRecord<byte[], byte[]>> waiting = new ArrayDeque<>();

    private @Nullable Record<Object, Object> head;
    private long extractedTimeMs; // highest so far, the head's included: what extractors call partition time
    private long processedTimeMs; // highest so far without the head: what a commit may keep
    private boolean warned; // about a record without a usable time
    private long committedOffset = UNKNOWN;
    private long committedTimeMs = UNKNOWN;

    /** When the partition was first found read to its end since it last had records, in epoch milliseconds. */
    long idleSinceMs = UNKNOWN;

    /** Whether the log end was asked for since the queue last ran empty, in this turn. */
    boolean endChecked;

    boolean atEnd;

    /** @param partitionTimeMs where an earlier run had got, -1 for nowhere */
    InputQueue(TopicPartition partition, SourceNode source, HeadReader reader, long partitionTimeMs) {
        this.partition = partition;
        this.source = source;
        this.reader = reader;
        this.extractedTimeMs = partitionTimeMs;
        this.processedTimeMs = partitionTimeMs;
        TimestampExtractor extractor = source.timestampExtractor;
        // These three take the record's own timestamp when it has one; then the record they would be shown is not
        // built.
        this.recordTimeSuffices = extractor.getClass() == FailOnInvalidTimestamp.class
                || extractor.getClass() == LogAndSkipOnInvalidTimestamp.class
                || extractor.getClass() == UsePartitionTimeOnInvalidTimestamp.class;
    }

    void add(Collection<ConsumerRecord<byte[], byte[]>> records) {
        waiting.addAll(records);
        idleSinceMs = UNKNOWN;
    }

    /** Forgets what is buffered; it will be read again. */
    void clear() {
        waiting.clear();
        head = null;
        extractedTimeMs = processedTimeMs;
        idleSinceMs = UNKNOWN;
        endChecked = false;
    }

    int size() {
        return waiting.size();
    }

    long processedTimeMs() {
        return processedTimeMs;
    }

    /** Makes the head ready, dropping what cannot be used; false when the queue is empty. */
    boolean advance() {
        while (head == null) {
            ConsumerRecord<byte[], byte[]> raw = waiting.peek();
            if (raw == null) {
                return false;
            }
            head = reader.read(raw, this);
            if (head == null) {
                waiting.remove();
            }
        }
        return true;
    }

    /** Event time of the head; to be asked after {@link #advance} said true. */
    long headTimeMs() {
        Record<Object, Object> first = head;
        return first == null ? Long.MAX_VALUE : first.timestamp();
    }

    /** The head as it was read. */
    ConsumerRecord<byte[], byte[]> headRaw() {
        return waiting.element();
    }

    /** The head; it stays until {@link #remove}, so that it is still there if processing fails. */
    Record<Object, Object> head() {
        Record<Object, Object> first = head;
        if (first == null) {
            throw new IllegalStateException(partition + ": no head, advance() first");
        }
        return first;
    }

    void remove() {
        processedTimeMs = Math.max(processedTimeMs, headTimeMs());
        waiting.remove();
        head = null;
    }

    /** The head's event time by the extractor; negative drops it. */
    long extractTime(ConsumerRecord<byte[], byte[]> raw, @Nullable Object key, @Nullable Object value) {
        long timeMs = recordTimeSuffices && raw.timestamp() >= 0
                ? raw.timestamp()
                : source.timestampExtractor.extract(deserialized(raw, key, value), extractedTimeMs);
        if (timeMs < 0) {
            reader.dropped();
            if (!warned) {
                warned = true;
                LOG.warn(
                        "Record {}@{} is dropped: its timestamp is {}; further ones of this partition are only counted",
                        partition,
                        raw.offset(),
                        timeMs);
            }
            return timeMs;
        }
        extractedTimeMs = Math.max(extractedTimeMs, timeMs);
        return timeMs;
    }

    private static ConsumerRecord<Object, Object> deserialized(
            ConsumerRecord<byte[], byte[]> raw, @Nullable Object key, @Nullable Object value) {
        return new ConsumerRecord<>(
                raw.topic(),
                raw.partition(),
                raw.offset(),
                raw.timestamp(),
                raw.timestampType(),
                raw.serializedKeySize(),
                raw.serializedValueSize(),
                key,
                value,
                raw.headers());
    }

    /**
     * The offset from which a restart has to go on: that of the first waiting record.
     *
     * @param position where the consumer is, for when none waits
     */
    long nextOffset(long position) {
        ConsumerRecord<byte[], byte[]> first = waiting.peek();
        return first == null ? position : first.offset();
    }

    /** -1 when none is known. */
    long committedOffset() {
        return committedOffset;
    }

    boolean isCommitted(long offset) {
        return offset == committedOffset && processedTimeMs == committedTimeMs;
    }

    void committed(long offset, long timeMs) {
        committedOffset = offset;
        committedTimeMs = timeMs;
    }
}
