package io.tailrace.log.clean;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.log.ManualTime;
import io.tailrace.log.catalog.TopicConfig;
import io.tailrace.log.partition.FetchedBatches;
import io.tailrace.log.partition.Partition;
import io.tailrace.log.partition.PartitionConfig;
import io.tailrace.log.partition.RecoveryListener;
import io.tailrace.log.record.BatchWriter;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.record.RecordCursor;
import io.tailrace.log.record.compress.Codec;
import io.tailrace.log.storage.Storage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Small keyed partitions, and what is in them. */
final class Logs {
    static final TopicPartition TP = new TopicPartition("prices", 0);
    static final int SEGMENT_BYTES = 1024;
    static final PartitionConfig SMALL = new PartitionConfig(SEGMENT_BYTES, 100, 100_000);

    private Logs() {}

    static Partition open(Storage storage) {
        return Partition.open(storage, "prices-0", TP, SMALL, RecoveryListener.NONE);
    }

    static TopicConfig config(String... keysAndValues) {
        Map<String, String> configs = new TreeMap<>();
        configs.put("cleanup.policy", "compact");
        configs.put("segment.bytes", Integer.toString(SEGMENT_BYTES));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            configs.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return TopicConfig.parse(configs, SEGMENT_BYTES);
    }

    /** A batch of "key=value" records; "key" alone is a tombstone. */
    static ByteBuffer batch(Codec codec, long timestamp, String... records) {
        BatchWriter writer = writer(codec, timestamp, records);
        return writer.finish();
    }

    static BatchWriter writer(Codec codec, long timestamp, String... records) {
        BatchWriter writer = new BatchWriter(1 << 20, codec);
        for (String record : records) {
            String[] parts = record.split("=", 2);
            writer.tryAppend(
                    timestamp, bytes(parts[0]), parts.length == 1 ? null : bytes(parts[1]), new RecordHeaders());
        }
        return writer;
    }

    static void append(Partition partition, long timestamp, String... records) {
        partition.append(batch(Codec.NONE, timestamp, records));
    }

    /** Everything before the end becomes full segments. */
    static void roll(Partition partition) {
        partition.history().rollIfOlder(Long.MAX_VALUE);
    }

    static CompactionResult compact(Partition partition, TopicConfig config, long from, long nowMs) {
        return compact(partition, config, from, nowMs, 1 << 20);
    }

    static CompactionResult compact(Partition partition, TopicConfig config, long from, long nowMs, long memoryBytes) {
        Dirtiness dirty =
                Dirtiness.of(partition.history(), config.cleanup(), from, partition.lastStableOffset(), nowMs);
        Throttle throttle = new Throttle(new ManualTime(), ns -> {}, Throttle.UNLIMITED);
        return new Compactor(memoryBytes, throttle).compact(partition.history(), config, dirty, nowMs);
    }

    /** "key=value" by offset, from the start of the log, with every offset accounted for by a batch. */
    static Map<Long, String> read(Partition partition) {
        Map<Long, String> records = new TreeMap<>();
        long next = partition.logStartOffset();
        while (next < partition.logEndOffset()) {
            FetchedBatches batches = partition.read(next, 700);
            for (RecordBatch batch : batches) {
                long from = next;
                if (batch.baseOffset() > next) {
                    throw new AssertionError(batch + ", expected one that holds " + next);
                }
                if (!batch.isControl()) {
                    RecordCursor cursor = batch.records();
                    while (cursor.next()) {
                        if (cursor.offset() >= from) {
                            records.put(cursor.offset(), text(cursor.key()) + "=" + text(cursor.value()));
                        }
                    }
                }
                next = batch.nextOffset();
            }
        }
        return records;
    }

    /** The last value of each key that is not deleted. */
    static Map<String, String> latest(Map<Long, String> records) {
        Map<String, String> latest = new TreeMap<>();
        records.values().forEach(record -> {
            String[] parts = record.split("=", 2);
            if (parts[1].equals("null")) {
                latest.remove(parts[0]);
            } else {
                latest.put(parts[0], parts[1]);
            }
        });
        return latest;
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte @Nullable [] bytes) {
        return bytes == null ? "null" : new String(bytes, StandardCharsets.UTF_8);
    }
}
