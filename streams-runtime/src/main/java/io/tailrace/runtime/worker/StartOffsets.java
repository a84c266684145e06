package io.tailrace.runtime.worker;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.errors.StreamsException;
import io.tailrace.log.api.Admin;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.processor.AutoOffsetReset;
import io.tailrace.serde.ByteArrayDeserializer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Finds the offset at which an input partition is read first: the committed one, or what its {@link AutoOffsetReset} says. */
final class StartOffsets {
    private static final Logger LOG = LoggerFactory.getLogger(StartOffsets.class);
    private static final Duration POLL = Duration.ofMillis(100);
    private static final ConsumerConfig COMMITTED =
            ConsumerConfig.DEFAULT.withIsolationLevel(IsolationLevel.READ_COMMITTED);

    private final EventLog log;
    private final Time time;
    private final Function<String, AutoOffsetReset> resets;

    /** @param resets by topic */
    StartOffsets(EventLog log, Time time, Function<String, AutoOffsetReset> resets) {
        this.log = log;
        this.time = time;
        this.resets = resets;
    }

    /** The offset of every input; where it is below the committed one, that has to be committed anew. */
    Map<TopicPartition, Long> find(List<TopicPartition> inputs, Map<TopicPartition, OffsetAndMetadata> committed) {
        Admin admin = log.admin();
        Map<TopicPartition, Long> starts = admin.beginningOffsets(inputs);
        Map<TopicPartition, Long> ends = admin.endOffsets(inputs);
        Map<TopicPartition, Long> offsets = new LinkedHashMap<>();
        for (TopicPartition input : inputs) {
            long start = starts.getOrDefault(input, 0L);
            long end = ends.getOrDefault(input, 0L);
            OffsetAndMetadata known = committed.get(input);
            if (known != null && known.offset() >= start && known.offset() <= end) {
                offsets.put(input, known.offset());
                continue;
            }
            if (known != null && known.offset() > end) {
                // Everything up to the end was processed, so neither the beginning nor a reset is right; see KIP-320.
                LOG.warn(
                        "{} was committed at offset {}, but now ends at {}: it lost its end, as a power failure or damage may"
                                + " cause; processing goes on at {}",
                        input,
                        known.offset(),
                        end,
                        end);
                offsets.put(input, end);
                continue;
            }
            if (known != null) {
                LOG.warn(
                        "{} was committed at offset {}, but now has offsets {}..{}; reading starts where"
                                + " auto.offset.reset says",
                        input,
                        known.offset(),
                        start,
                        end);
            }
            offsets.put(input, reset(input, start));
        }
        return offsets;
    }

    /** Where to go on when the records at a position were removed while the partition was being read. */
    long reset(TopicPartition input) {
        return reset(input, log.admin().beginningOffsets(List.of(input)).getOrDefault(input, 0L));
    }

    /** The end is that of committed data, so that no record of an open transaction is left out. */
    private long reset(TopicPartition input, long start) {
        AutoOffsetReset reset = resets.apply(input.topic());
        long end = log.admin()
                .endOffsets(List.of(input), IsolationLevel.READ_COMMITTED)
                .getOrDefault(input, start);
        return switch (reset.strategy()) {
            case EARLIEST -> start;
            case LATEST -> end;
            case BY_DURATION ->
                firstNotOlderThan(input, start, end, reset.duration().orElse(Duration.ZERO));
            case NONE ->
                throw new StreamsException(input
                        + " has no committed offset that can be read, and its offset reset is none: commit one, or choose"
                        + " earliest or latest");
        };
    }

    private long firstNotOlderThan(TopicPartition input, long start, long end, Duration age) {
        long leastMs = time.milliseconds() - age.toMillis();
        try (Consumer<byte[], byte[]> consumer =
                log.newConsumer(COMMITTED, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            consumer.assign(List.of(input));
            consumer.seek(input, start);
            while (consumer.position(input) < end) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.timestamp() >= leastMs) {
                        return record.offset();
                    }
                }
            }
        }
        return end;
    }
}
