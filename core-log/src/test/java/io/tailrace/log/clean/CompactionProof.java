package io.tailrace.log.clean;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.log.catalog.TopicConfig;
import io.tailrace.log.partition.Partition;
import io.tailrace.log.record.BatchWriter;
import io.tailrace.log.record.ProducerStamp;
import io.tailrace.log.record.compress.Codec;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.log.storage.Storage;
import io.tailrace.proof.Settings;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Random histories of a compacted partition against maps: what was written where, and the last value of each key. Segments roll,
 * are compacted and deleted, records are deleted, the partition is closed and opened.
 *
 * <p>{@code -Dproof.histories=} how many; {@code -Dproof.workload=} replays one.
 */
class CompactionProof {
    private static final List<Codec> CODECS = List.of(Codec.values());
    private static final int STEPS = 150;
    private static final int MOST_VIOLATIONS = 3;

    private final ConcurrentLinkedQueue<String> violations = new ConcurrentLinkedQueue<>();
    private final AtomicInteger compactions = new AtomicInteger();
    private final AtomicInteger records = new AtomicInteger();

    @Test
    void shouldNeverLoseTheLatestValueOfAKeyNorMoveAnything() {
        OptionalLong only = Settings.only("workload");
        int count = only.isPresent() ? 1 : Settings.count("histories", 2_000);
        IntStream.range(0, count).parallel().forEach(n -> {
            long seed = only.orElseGet(() -> Settings.seed(n));
            try {
                if (violations.size() < MOST_VIOLATIONS) {
                    new History().run(new Random(seed));
                }
            } catch (RuntimeException | AssertionError e) {
                violations.add(e + "\nreplay: -Dproof.workload=" + seed);
            }
        });
        Settings.print(
                "compaction",
                "%,d histories, %,d compactions, %,d records, %,d violations, seed %d",
                count,
                compactions.get(),
                records.get(),
                violations.size(),
                Settings.seed());
        assertThat(violations).isEmpty();
    }

    /** One partition and its model. */
    private final class History {

        private final Map<Long, String> written = new TreeMap<>();
        private final Map<String, Long> lastOffset = new HashMap<>();
        private final Map<Long, Integer> sequences = new HashMap<>();
        private Storage storage = new MemoryStorage();
        private Partition partition = Logs.open(storage);
        private long nowMs = 1000;
        private long compactedTo;
        private long start;

        void run(Random random) {
            TopicConfig config = Logs.config("delete.retention.ms", "50");
            for (int step = 0; step < STEPS; step++) {
                nowMs += random.nextInt(10);
                switch (random.nextInt(24)) {
                    case 0, 1 -> Logs.roll(partition);
                    case 2, 3 -> {
                        long memoryBytes = random.nextBoolean() ? 384 : 1 << 20;
                        compactedTo = Logs.compact(
                                        partition, config, Math.max(compactedTo, firstBase()), nowMs, memoryBytes)
                                .nextOffset();
                        compactions.incrementAndGet();
                        check(random);
                    }
                    case 4 -> {
                        partition.close();
                        storage = ((MemoryStorage) storage).reopen();
                        partition = Logs.open(storage);
                        partition.history().restoreStartOffset(start);
                        check(random);
                    }
                    case 5 -> {
                        if (random.nextInt(4) == 0) {
                            start = Math.max(
                                    start, start + random.nextInt((int) (partition.logEndOffset() - start) + 1) / 4);
                            partition.history().deleteRecordsBefore(start);
                            check(random);
                        }
                    }
                    case 6 -> partition.history().deleteExpired(Long.MIN_VALUE, 20_000);
                    default -> append(random);
                }
                start = partition.logStartOffset();
            }
            check(random);
            records.addAndGet(written.size());
            partition.close();
        }

        private long firstBase() {
            return partition.history().sealedSegments().isEmpty()
                    ? 0
                    : partition.history().sealedSegments().get(0).baseOffset();
        }

        private void append(Random random) {
            int count = 1 + random.nextInt(6);
            String[] records = new String[count];
            long base = partition.logEndOffset();
            for (int i = 0; i < count; i++) {
                String key = "k" + random.nextInt(20);
                boolean tombstone = random.nextInt(6) == 0;
                String value = "v" + (base + i) + "-".repeat(random.nextInt(20));
                records[i] = tombstone ? key : key + "=" + value;
                written.put(base + i, tombstone ? key + "=null" : records[i]);
                lastOffset.put(key, base + i);
            }
            BatchWriter writer = Logs.writer(CODECS.get(random.nextInt(CODECS.size())), nowMs, records);
            if (random.nextBoolean()) {
                long producer = random.nextInt(3);
                int sequence = sequences.getOrDefault(producer, 0);
                partition.append(writer.finish(new ProducerStamp(producer, (short) 0, sequence, false)));
                sequences.put(producer, sequence + count);
            } else {
                partition.append(writer.finish());
            }
        }

        private void check(Random random) {
            Map<Long, String> left = Logs.read(partition);
            left.forEach((offset, record) -> {
                assertThat(record).as("at %d", offset).isEqualTo(written.get(offset));
                assertThat(offset).isGreaterThanOrEqualTo(partition.logStartOffset());
            });
            lastOffset.forEach((key, offset) -> {
                String last = String.valueOf(written.get(offset));
                if (offset >= partition.logStartOffset() && !last.endsWith("=null")) {
                    assertThat(left).as("the latest value of %s", key).containsEntry(offset, last);
                }
            });
            Map<String, Long> lastLeft = new HashMap<>();
            left.forEach((offset, record) -> lastLeft.put(record.split("=", 2)[0], offset));
            lastLeft.forEach((key, offset) -> assertThat(offset)
                    .as("an older value of %s does not come back", key)
                    .isEqualTo(lastOffset.get(key)));
            long end = partition.logEndOffset();
            assertThat(end).isEqualTo(written.size());
            if (end > partition.logStartOffset()) {
                long offset = partition.logStartOffset() + random.nextInt((int) (end - partition.logStartOffset()));
                assertThat(partition.read(offset, 1).nextOffset()).isGreaterThan(offset);
            }
        }
    }
}
