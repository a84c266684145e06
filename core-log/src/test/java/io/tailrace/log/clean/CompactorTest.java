package io.tailrace.log.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.errors.CorruptRecordException;
import io.tailrace.log.catalog.TopicConfig;
import io.tailrace.log.partition.FetchedBatches;
import io.tailrace.log.partition.Partition;
import io.tailrace.log.record.ProducerStamp;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.record.compress.Codec;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.StorageFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What compaction keeps, what it takes, and what stays as it was. */
class CompactorTest {
    private static final TopicConfig CONFIG = Logs.config();
    private static final long DAY_MS = 24 * 60 * 60 * 1000L;

    private final MemoryStorage storage = new MemoryStorage();
    private Partition partition;

    @BeforeEach
    void open() {
        partition = Logs.open(storage);
    }

    @AfterEach
    void close() {
        partition.close();
    }

    private void reopen() {
        partition.close();
        partition = Logs.open(storage);
    }

    private void compact(long nowMs) {
        Logs.roll(partition);
        Logs.compact(partition, CONFIG, 0, nowMs);
    }

    @Test
    void shouldKeepTheLastRecordOfEachKeyAtItsOffset() {
        Logs.append(partition, 1, "a=1", "b=1", "c=1");
        Logs.append(partition, 2, "a=2");
        Logs.append(partition, 3, "b=2", "d=1");
        compact(10);

        assertThat(Logs.read(partition)).isEqualTo(Map.of(2L, "c=1", 3L, "a=2", 4L, "b=2", 5L, "d=1"));
        assertThat(partition.logEndOffset()).isEqualTo(6);
        reopen();
        assertThat(Logs.read(partition)).isEqualTo(Map.of(2L, "c=1", 3L, "a=2", 4L, "b=2", 5L, "d=1"));
        assertThat(partition.logEndOffset()).isEqualTo(6);
    }

    @Test
    void shouldLeaveTheLastSegmentAlone() {
        Logs.append(partition, 1, "a=1");
        Logs.append(partition, 1, "a=2");
        assertThat(Logs.compact(partition, CONFIG, 0, 10).nextOffset()).isZero();
        assertThat(Logs.read(partition)).hasSize(2);

        Logs.roll(partition);
        Logs.append(partition, 1, "a=3");
        Logs.compact(partition, CONFIG, 0, 10);
        assertThat(Logs.read(partition))
                .as("its records do not count as later ones either")
                .isEqualTo(Map.of(1L, "a=2", 2L, "a=3"));
    }

    @Test
    void shouldKeepTombstonesUntilTheirTimeHasCome() {
        Logs.append(partition, 1, "a=1", "b=1");
        Logs.append(partition, 2, "a");
        compact(1000);
        assertThat(Logs.read(partition)).isEqualTo(Map.of(1L, "b=1", 2L, "a=null"));

        compact(1000 + DAY_MS - 1);
        assertThat(Logs.read(partition)).isEqualTo(Map.of(1L, "b=1", 2L, "a=null"));
        assertThat(batches().get(1).deleteHorizonMs()).hasValue(1000 + DAY_MS);
        assertThat(batches().get(1).records().next()).isTrue();

        compact(1000 + DAY_MS);
        assertThat(Logs.read(partition)).isEqualTo(Map.of(1L, "b=1"));
        assertThat(partition.logEndOffset()).isEqualTo(3);
    }

    @Test
    void shouldKeepTimestampsWhenABatchGetsAHorizon() {
        Logs.append(partition, 77, "a", "b=1");
        compact(1000);
        assertThat(partition.offsetForTimestamp(77)).hasValue(0);
        assertThat(partition.offsetForTimestamp(78)).isEmpty();
        assertThat(batches().get(0).maxTimestamp()).isEqualTo(77);
    }

    @ParameterizedTest
    @EnumSource(Codec.class)
    void shouldKeepTheCodec(Codec codec) {
        String[] first = new String[200];
        for (int i = 0; i < first.length; i++) {
            first[i] = "key" + i + "=some value that can be made smaller " + i;
        }
        partition.append(Logs.batch(codec, 1, first));
        partition.append(Logs.batch(codec, 1, "key3=new"));
        compact(10);

        assertThat(batches().get(0).codec()).isEqualTo(codec);
        assertThat(Logs.read(partition))
                .hasSize(200)
                .containsEntry(200L, "key3=new")
                .doesNotContainKey(3L);
    }

    @Test
    void shouldLeaveABatchAloneOfWhichNothingGoes() {
        Logs.append(partition, 1, "a=1", "b=1");
        Logs.append(partition, 1, "c=1");
        byte[] before = storage.readAllBytes("prices-0/00000000000000000000.log");
        compact(10);
        assertThat(storage.readAllBytes("prices-0/00000000000000000000.log")).isEqualTo(before);
    }

    @Test
    void shouldMergeSegmentsThatBecameSmall() {
        for (int i = 0; i < 200; i++) {
            Logs.append(partition, i, "key" + i % 5 + "=" + i);
        }
        int before = partition.history().sealedSegments().size();
        compact(1000);
        compact(1000);
        assertThat(partition.history().sealedSegments()).hasSizeLessThan(before / 2);
        assertThat(partition.sizeInBytes()).isLessThan(2000);
        assertThat(Logs.read(partition).keySet()).containsExactly(195L, 196L, 197L, 198L, 199L);
        assertThat(storage.list("prices-0")).noneMatch(name -> name.matches(".*\\.(deleted|cleaned|swap)"));
    }

    @Test
    void shouldFindEveryOffsetAndTimestampOfACompactedLog() {
        for (int i = 0; i < 300; i++) {
            Logs.append(partition, 1000 + i, "key" + (i * 7 % 40) + "=" + i, "other" + i % 3 + "=" + i);
        }
        compact(10_000);
        for (boolean again : new boolean[] {false, true}) {
            Map<Long, String> left = Logs.read(partition);
            assertThat(left).hasSize(43);
            for (long offset = 0; offset < 600; offset++) {
                RecordBatch batch = partition.read(offset, 1).iterator().next();
                assertThat(offset).isBetween(batch.baseOffset(), batch.lastOffset());
            }
            long expected = left.keySet().stream()
                    .filter(offset -> 1000 + offset / 2 >= 1290)
                    .findFirst()
                    .orElseThrow();
            assertThat(partition.offsetForTimestamp(1290)).hasValue(expected);
            if (!again) {
                reopen();
            }
        }
    }

    @Test
    void shouldTakeSeveralPassesWhenKeysDoNotFitIntoMemory() {
        for (int i = 0; i < 200; i++) {
            Logs.append(partition, i, "key" + i % 50 + "=" + i);
        }
        Logs.roll(partition);
        long next = 0;
        int passes = 0;
        while (next < 200) {
            CompactionResult result = Logs.compact(partition, CONFIG, next, 1000, 24 * 16);
            assertThat(result.nextOffset()).isGreaterThan(next);
            next = result.nextOffset();
            passes++;
        }
        assertThat(passes).isGreaterThan(10);
        assertThat(Logs.latest(Logs.read(partition))).hasSize(50).containsEntry("key7", "157");
        assertThat(Logs.read(partition)).hasSize(50);
    }

    @Test
    void shouldKeepTheLastBatchOfAProducerSoThatItsSequenceGoesOn() {
        partition.append(Logs.writer(Codec.NONE, 1, "a=1", "b=1").finish(new ProducerStamp(42, (short) 3, 0, false)));
        partition.append(Logs.writer(Codec.NONE, 1, "c=1").finish(new ProducerStamp(42, (short) 3, 2, false)));
        Logs.append(partition, 2, "a=2", "b=2", "c=2");
        compact(10);
        assertThat(Logs.read(partition).keySet()).containsExactly(3L, 4L, 5L);
        assertThat(batches())
                .filteredOn(RecordBatch::hasProducer)
                .singleElement()
                .satisfies(batch -> {
                    assertThat(batch.count()).isZero();
                    assertThat(batch.baseOffset()).isEqualTo(2);
                    assertThat(batch.baseSequence()).isEqualTo(2);
                    assertThat(batch.producerEpoch()).isEqualTo((short) 3);
                });
        for (String file : storage.list("prices-0")) {
            if (file.endsWith(".snapshot")) {
                partition.close();
                storage.delete("prices-0/" + file);
            }
        }
        reopen();
        partition.append(Logs.writer(Codec.NONE, 1, "d=1").finish(new ProducerStamp(42, (short) 3, 3, false)));
        assertThat(Logs.read(partition)).containsEntry(6L, "d=1");
    }

    @Test
    void shouldDropTheRecordsOfAbortedTransactionsAndThenTheirMarkers() {
        transaction(7, "a=1", "x=1");
        partition.endTransaction(7, (short) 1, true, 0, 5);
        transaction(8, "a=2", "y=1");
        partition.endTransaction(8, (short) 1, false, 0, 5);
        transaction(9, "z=1");
        partition.endTransaction(9, (short) 1, true, 0, 5);
        Logs.append(partition, 5, "x=2", "z=2");
        compact(10);
        assertThat(Logs.read(partition)).isEqualTo(Map.of(0L, "a=1", 8L, "x=2", 9L, "z=2"));
        assertThat(controlBatches())
                .as("all data of a transaction must have gone before")
                .hasSize(3);

        compact(20);
        assertThat(controlBatches()).hasSize(3);
        compact(30 + DAY_MS);
        assertThat(controlBatches())
                .as("the one whose data is there, and those that tell the last epoch of a producer")
                .filteredOn(batch -> batch.count() > 0)
                .extracting(RecordBatch::producerId)
                .containsExactly(7L);
        assertThat(Logs.read(partition)).isEqualTo(Map.of(0L, "a=1", 8L, "x=2", 9L, "z=2"));
        reopen();
        assertThat(Logs.read(partition)).isEqualTo(Map.of(0L, "a=1", 8L, "x=2", 9L, "z=2"));
    }

    @Test
    void shouldTouchNothingFromTheFirstOpenTransactionOn() {
        Logs.append(partition, 1, "a=1");
        Logs.append(partition, 1, "a=2");
        Logs.roll(partition);
        transaction(7, "a=3");
        Logs.append(partition, 1, "a=4");
        Logs.roll(partition);
        Logs.compact(partition, CONFIG, 0, 10);
        assertThat(Logs.read(partition)).isEqualTo(Map.of(1L, "a=2", 2L, "a=3", 3L, "a=4"));

        partition.endTransaction(7, (short) 1, true, 0, 5);
        compact(20);
        assertThat(Logs.read(partition)).isEqualTo(Map.of(3L, "a=4"));
    }

    @Test
    void shouldStopAtADamagedBatchAndLoseNothing() {
        for (int i = 0; i < 100; i++) {
            Logs.append(partition, i, "key" + i % 10 + "=" + i);
        }
        Logs.roll(partition);
        Map<Long, String> before = Logs.read(partition);
        String file = "prices-0/"
                + storage.list("prices-0").stream()
                        .filter(name -> name.endsWith(".log"))
                        .toList()
                        .get(2);
        try (StorageFile damaged = storage.open(file, OpenMode.EXISTING)) {
            damaged.write(ByteBuffer.wrap(new byte[] {55}), 75);
        }
        assertThatThrownBy(() -> Logs.compact(partition, CONFIG, 0, 1000))
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining(file);
        for (long offset : before.keySet()) {
            try {
                assertThat(partition.read(offset, 1).iterator().next().count()).isPositive();
            } catch (CorruptRecordException e) {
                assertThat(e.file()).isEqualTo(file);
            }
        }
        assertThat(storage.list("prices-0")).noneMatch(name -> name.endsWith(".cleaned"));
    }

    @Test
    void shouldLeaveYoungRecordsAlone() {
        TopicConfig config = Logs.config("min.compaction.lag.ms", "100");
        Logs.append(partition, 1000, "a=1");
        Logs.append(partition, 1010, "a=2");
        Logs.roll(partition);
        assertThat(Logs.compact(partition, config, 0, 1109).nextOffset()).isZero();
        assertThat(Logs.compact(partition, config, 0, 1110).nextOffset()).isEqualTo(2);
    }

    @Test
    void shouldSayWhenItIsWorthIt() {
        TopicConfig config = Logs.config("max.compaction.lag.ms", "1000");
        Logs.append(partition, 1000, "a=1", "b=1", "c=1", "d=1");
        Logs.roll(partition);
        assertThat(dirty(config, 0, 1500).due()).isTrue();
        Logs.append(partition, 1600, "a=2");
        Logs.roll(partition);
        Dirtiness little = dirty(config, 4, 1700);
        assertThat(little.due()).isFalse();
        assertThat(little.ratio()).isBetween(0.3, 0.5);
        assertThat(dirty(config, 4, 2601).due()).as("older than the limit").isTrue();
        assertThat(dirty(config, 5, 9000).due()).as("nothing is left to do").isFalse();
        assertThat(dirty(config, 99, 1700).firstDirtyOffset())
                .as("a checkpoint that cannot be")
                .isZero();
    }

    private Dirtiness dirty(TopicConfig config, long from, long nowMs) {
        return Dirtiness.of(partition.history(), config.cleanup(), from, partition.lastStableOffset(), nowMs);
    }

    private void transaction(long producerId, String... records) {
        partition.append(Logs.writer(Codec.NONE, 1, records).finish(new ProducerStamp(producerId, (short) 0, 0, true)));
    }

    private List<RecordBatch> controlBatches() {
        return batches().stream().filter(RecordBatch::isControl).toList();
    }

    private List<RecordBatch> batches() {
        List<RecordBatch> all = new ArrayList<>();
        long next = partition.logStartOffset();
        while (next < partition.logEndOffset()) {
            FetchedBatches batches = partition.read(next, 100_000);
            batches.forEach(all::add);
            next = batches.nextOffset();
        }
        return all;
    }
}
