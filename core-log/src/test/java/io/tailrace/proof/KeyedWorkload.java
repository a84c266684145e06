package io.tailrace.proof;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.CorruptRecordException;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.log.ManualTime;
import io.tailrace.log.catalog.TopicConfig;
import io.tailrace.log.clean.Compactor;
import io.tailrace.log.clean.Dirtiness;
import io.tailrace.log.clean.Throttle;
import io.tailrace.log.partition.FetchedBatches;
import io.tailrace.log.partition.Partition;
import io.tailrace.log.partition.PartitionConfig;
import io.tailrace.log.partition.RecoveryListener;
import io.tailrace.log.record.BatchWriter;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.record.RecordCursor;
import io.tailrace.log.record.compress.Codec;
import io.tailrace.log.storage.DiskImage;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.log.storage.SimulatedDisk;
import io.tailrace.log.storage.Storage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A partition of keyed records on a simulated disk that is appended to, forced, rolled, compacted and cut at its start, from one
 * seed; and what must be left of it after a power cut.
 */
final class KeyedWorkload {
    private static final TopicPartition NAME = new TopicPartition("t", 0);
    private static final String DIRECTORY = "t-0";
    private static final int KEYS = 6;
    private static final long NOW_MS = 1_000_000;
    private static final long LATER_MS = NOW_MS + 100L * 86_400_000;

    private record KeyValue(String key, @Nullable String value) {}

    /** Records below an offset were forced at a time. */
    private record Forced(int time, long endOffset) {}

    /** Records below an offset may be gone since a time. */
    private record Deleted(int time, long startOffset) {}

    private final SplittableRandom random;
    private final PartitionConfig config;
    private final TopicConfig topicConfig;
    private final NavigableMap<Long, KeyValue> written = new TreeMap<>();
    private final List<Forced> forced = new ArrayList<>();
    private final List<Deleted> deleted = new ArrayList<>();
    private SimulatedDisk disk;
    private Partition partition;
    private long cleanOffset;
    private int firstCompaction = History.NEVER;
    private int firstLateCompaction = History.NEVER; // one that drops tombstones
    private int compactions;
    private int deletions;
    private int number;

    private KeyedWorkload(long seed, SimulatedDisk disk) {
        this.disk = disk;
        random = new SplittableRandom(seed);
        int segmentBytes = 1024 + random.nextInt(1024);
        config = new PartitionConfig(segmentBytes, 100, 100_000);
        topicConfig = TopicConfig.parse(
                Map.of("cleanup.policy", "compact", "segment.bytes", Integer.toString(segmentBytes)), segmentBytes);
        partition = open(disk);
    }

    static KeyedWorkload run(long seed, int steps, SimulatedDisk disk) {
        KeyedWorkload workload = new KeyedWorkload(seed, disk);
        for (int i = 0; i < steps; i++) {
            workload.step();
        }
        workload.partition.close();
        workload.forced();
        return workload;
    }

    int compactions() {
        return compactions;
    }

    int deletions() {
        return deletions;
    }

    private Partition open(Storage storage) {
        return Partition.open(storage, DIRECTORY, NAME, config, RecoveryListener.NONE);
    }

    private int now() {
        return disk.operationCount();
    }

    private void forced() {
        forced.add(new Forced(now(), partition.logEndOffset()));
    }

    private void step() {
        int choice = random.nextInt(100);
        if (choice < 60) {
            append();
        } else if (choice < 75) {
            partition.force();
            forced();
        } else if (choice < 80) {
            partition.history().rollIfOlder(Long.MAX_VALUE);
        } else if (choice < 90) {
            compact();
        } else if (choice < 94) {
            delete();
        } else if (choice < 97) {
            partition.close();
            forced();
            partition = open(disk);
        } else {
            disk = disk.reopen(); // killed
            partition = open(disk);
        }
    }

    private void append() {
        Codec[] codecs = Codec.values();
        BatchWriter writer =
                new BatchWriter(1 << 16, random.nextInt(3) > 0 ? Codec.NONE : codecs[random.nextInt(codecs.length)]);
        List<KeyValue> records = new ArrayList<>();
        for (int i = random.nextInt(1, 6); i > 0; i--) {
            String key = "k" + random.nextInt(KEYS);
            String value = random.nextInt(6) == 0 ? null : number++ + "-".repeat(random.nextInt(150));
            records.add(new KeyValue(key, value));
            writer.tryAppend(NOW_MS, bytes(key), value == null ? null : bytes(value), new RecordHeaders());
        }
        long offset = partition.append(writer.finish());
        for (KeyValue record : records) {
            written.put(offset++, record);
        }
    }

    private void compact() {
        long nowMs = random.nextInt(3) == 0 ? LATER_MS : NOW_MS;
        firstCompaction = Math.min(firstCompaction, now());
        firstLateCompaction = nowMs == LATER_MS ? Math.min(firstLateCompaction, now()) : firstLateCompaction;
        partition.history().rollIfOlder(Long.MAX_VALUE);
        Dirtiness dirty = Dirtiness.of(
                partition.history(), topicConfig.cleanup(), cleanOffset, partition.lastStableOffset(), nowMs);
        Throttle throttle = new Throttle(new ManualTime(), ns -> {}, Throttle.UNLIMITED);
        cleanOffset = new Compactor(1 << 16, throttle)
                .compact(partition.history(), topicConfig, dirty, nowMs)
                .nextOffset();
        compactions++;
        checkReading(now(), read(partition), partition.logEndOffset());
    }

    private void delete() {
        int before = now();
        if (random.nextBoolean() && partition.logEndOffset() > partition.logStartOffset()) {
            partition
                    .history()
                    .deleteRecordsBefore(random.nextLong(partition.logStartOffset(), partition.logEndOffset()));
        } else {
            partition.history().deleteExpired(Long.MIN_VALUE, partition.sizeInBytes() * random.nextInt(3, 10) / 10);
        }
        deleted.add(new Deleted(before, partition.logStartOffset()));
        deletions++;
    }

    /** @throws Violation when the partition that is left is not what it has to be */
    void check(int time, DiskImage image) {
        long durable = forced.stream()
                .filter(force -> force.time() <= time)
                .mapToLong(Forced::endOffset)
                .max()
                .orElse(0);
        MemoryStorage storage = image.toStorage();
        Partition killed = open(storage);
        NavigableMap<Long, KeyValue> first = read(killed);
        checkReading(time, first, durable);
        checkFiles(storage);
        long end = killed.logEndOffset();
        Violation.check(end >= durable, "the end is {}, {} records were forced", end, durable);

        try (Partition again = open(storage.reopen())) {
            Violation.check(read(again).equals(first), "reads otherwise when opened again");
            BatchWriter writer = new BatchWriter(1000);
            writer.tryAppend(NOW_MS, bytes("k0"), bytes("after"), new RecordHeaders());
            long offset = again.append(writer.finish());
            NavigableMap<Long, KeyValue> all = read(again);
            Violation.check(
                    new KeyValue("k0", "after").equals(all.get(offset)) && all.size() == first.size() + 1,
                    "an append at {} shows as {}",
                    offset,
                    all.get(offset));
        }
    }

    private static void checkFiles(Storage storage) {
        if (storage.exists(DIRECTORY)) {
            for (String name : storage.list(DIRECTORY)) {
                Violation.check(
                        !name.endsWith(".cleaned") && !name.endsWith(".swap") && !name.endsWith(".deleted"),
                        "{} is left",
                        name);
            }
        }
    }

    /** @param durable records below were forced */
    private void checkReading(int time, NavigableMap<Long, KeyValue> read, long durable) {
        read.forEach((offset, record) -> Violation.check(
                record.equals(written.get(offset)), "@{} is {}, not {}", offset, record, written.get(offset)));
        long start = deleted.stream()
                .filter(deletion -> deletion.time() < time)
                .mapToLong(Deleted::startOffset)
                .max()
                .orElse(0);
        for (Map.Entry<Long, KeyValue> entry :
                written.subMap(start, Math.max(start, durable)).entrySet()) {
            checkKept(time, read, entry.getKey(), entry.getValue());
        }
    }

    private void checkKept(int time, NavigableMap<Long, KeyValue> read, long offset, KeyValue record) {
        if (read.containsKey(offset)) {
            return;
        }
        boolean newer = written.tailMap(offset, false).entrySet().stream()
                .anyMatch(later -> later.getValue().key().equals(record.key()) && mayReplace(time, read, later));
        boolean expired = record.value() == null
                && firstLateCompaction < time
                && read.headMap(offset).values().stream()
                        .noneMatch(older -> older.key().equals(record.key()));
        Violation.check(
                firstCompaction < time && (newer || expired),
                "@{} is lost: {}, read {}",
                offset,
                record,
                read.keySet());
    }

    /** A later record of the key is there, or was a tombstone that has done its work. */
    private boolean mayReplace(int time, NavigableMap<Long, KeyValue> read, Map.Entry<Long, KeyValue> later) {
        return read.containsKey(later.getKey()) || (later.getValue().value() == null && firstLateCompaction < time);
    }

    private static NavigableMap<Long, KeyValue> read(Partition partition) {
        NavigableMap<Long, KeyValue> records = new TreeMap<>();
        long next = partition.logStartOffset();
        while (next < partition.logEndOffset()) {
            try {
                FetchedBatches batches = partition.read(next, 700);
                for (RecordBatch batch : batches) {
                    read(batch, next, records);
                }
                Violation.check(batches.nextOffset() > next, "nothing comes at {}", next);
                next = batches.nextOffset();
            } catch (CorruptRecordException e) {
                next = e.nextOffset().orElseThrow(() -> new Violation("no way on", e));
            }
        }
        return records;
    }

    private static void read(RecordBatch batch, long from, NavigableMap<Long, KeyValue> records) {
        RecordCursor cursor = batch.records();
        while (cursor.next()) {
            if (cursor.offset() >= from) {
                records.put(cursor.offset(), new KeyValue(String.valueOf(text(cursor.key())), text(cursor.value())));
            }
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static @Nullable String text(byte @Nullable [] bytes) {
        return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
}
