package io.tailrace.log.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.errors.CorruptRecordException;
import io.tailrace.common.errors.LogClosedException;
import io.tailrace.common.errors.OffsetOutOfRangeException;
import io.tailrace.common.errors.RecordTooLargeException;
import io.tailrace.log.record.BatchLayout;
import io.tailrace.log.record.Batches;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.record.UnsupportedCompressionException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a partition does on every storage. */
abstract class PartitionContract extends OnePartition {
    static final PartitionConfig SMALL = new PartitionConfig(1000, 200, 100_000);

    PartitionContract() {
        super(PartitionConfig.DEFAULT);
    }

    @Test
    void shouldBeEmptyAtFirst() {
        assertThat(partition.logStartOffset()).isZero();
        assertThat(partition.logEndOffset()).isZero();
        assertThat(partition.sizeInBytes()).isZero();
        assertThat(partition.read(0, 1000).isEmpty()).isTrue();
        assertThat(partition.read(0, 1000).nextOffset()).isZero();
        assertThat(partition.offsetForTimestamp(0)).isEmpty();
        assertThat(storage.list("flights-0"))
                .as("an empty partition has no file")
                .isEmpty();
    }

    @Test
    void shouldReturnWhatWasAppended() {
        assertThat(partition.append(Batches.of(1000, "a", "b"))).isZero();
        assertThat(partition.append(Batches.of(1000, "c"))).isEqualTo(2);

        assertThat(partition.logEndOffset()).isEqualTo(3);
        assertThat(valuesFrom(0)).containsExactly("0 a", "1 b", "2 c");
        assertThat(valuesFrom(2)).containsExactly("2 c");
        assertThat(partition.read(3, 1000).isEmpty()).isTrue();
    }

    @Test
    void shouldReturnTheWholeBatchThatHoldsTheOffset() {
        partition.append(Batches.of(1000, "a", "b", "c"));
        FetchedBatches batches = partition.read(2, 1);

        assertThat(batches.iterator().next().baseOffset()).isZero();
        assertThat(batches.nextOffset()).isEqualTo(3);
    }

    @Test
    void shouldStopAtMaxBytesBetweenBatches() {
        int size = Batches.of(1000, "a").remaining();
        for (int i = 0; i < 5; i++) {
            partition.append(Batches.of(1000, "a"));
        }
        assertThat(partition.read(0, 2 * size).sizeInBytes()).isEqualTo(2 * size);
        assertThat(partition.read(0, 3 * size - 1).sizeInBytes()).isEqualTo(2 * size);
        assertThat(partition.read(0, 1).sizeInBytes()).as("at least one batch").isEqualTo(size);
        assertThat(partition.read(3, Integer.MAX_VALUE).sizeInBytes()).isEqualTo(2 * size);
    }

    @Test
    void shouldRefuseOffsetsOutside() {
        partition.append(Batches.of(1000, "a"));
        for (long offset : new long[] {-1, 2, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThatThrownBy(() -> partition.read(offset, 100))
                    .isInstanceOf(OffsetOutOfRangeException.class)
                    .hasMessageContaining("flights-0: offset " + offset)
                    .hasMessageContaining("0..1");
        }
    }

    @Test
    void shouldLeaveTheCallersBufferAsItWasExceptForOffsets() {
        partition.append(Batches.of(1000, "first"));
        ByteBuffer batch = Batches.of(1000, "a", "b");
        ByteBuffer framed = ByteBuffer.allocate(batch.remaining() + 20).position(7);
        framed.put(batch.duplicate()).limit(framed.position()).position(7);

        partition.append(framed);

        assertThat(framed.position()).isEqualTo(7);
        assertThat(framed.remaining()).isEqualTo(batch.remaining());
        assertThat(framed.getLong(7)).isEqualTo(1);
        assertThat(framed.getInt(7 + BatchLayout.LEADER_EPOCH)).isZero();
        assertThat(valuesFrom(1)).containsExactly("1 a", "2 b");
    }

    @Test
    void shouldAssignTheLeaderEpoch() {
        partition.append(Batches.of(1000, "a").putInt(BatchLayout.LEADER_EPOCH, 77));
        assertThat(partition.read(0, 100).iterator().next().partitionLeaderEpoch())
                .isZero();
    }

    @Test
    void shouldRollWhenASegmentIsFull() {
        reopen(SMALL);
        fill(100);

        List<String> names = storage.list("flights-0");
        assertThat(names.stream().filter(name -> name.endsWith(".log")).count()).isGreaterThan(5);
        assertThat(names)
                .contains("00000000000000000000.log", "00000000000000000000.index", "00000000000000000000.timeindex");
        for (String name : names) {
            if (name.endsWith(".log")) {
                assertThat(storage.size("flights-0/" + name)).isBetween(1L, 1000L);
            }
        }
        assertThat(valuesFrom(0)).isEqualTo(numbered(0, 100));
    }

    @Test
    void shouldFindEveryOffsetInEverySegment() {
        reopen(SMALL);
        fill(100);
        for (int offset = 99; offset >= 0; offset--) {
            FetchedBatches batches = partition.read(offset, 1);
            RecordBatch first = batches.iterator().next();
            assertThat(offset).isBetween((int) first.baseOffset(), (int) first.lastOffset());
        }
    }

    @Test
    void shouldTakeABatchLargerThanASegment() {
        reopen(SMALL);
        partition.append(Batches.of(1, "small"));
        partition.append(Batches.ofValue(2, new byte[5000]));
        partition.append(Batches.of(3, "small too"));

        assertThat(partition.read(1, 10).sizeInBytes()).isGreaterThan(5000);
        assertThat(partition.read(2, 10).iterator().next().baseOffset()).isEqualTo(2);
        assertThat(storage.list("flights-0").stream().filter(name -> name.endsWith(".log")))
                .hasSize(3);
    }

    @Test
    void shouldGoOnWhereItStoppedAfterReopening() {
        reopen(SMALL);
        fill(37);
        reopen(SMALL);

        assertThat(partition.logEndOffset()).isEqualTo(37);
        assertThat(partition.append(Batches.of(1000, "more"))).isEqualTo(37);
        List<String> expected = new ArrayList<>(numbered(0, 37));
        expected.add("37 more");
        assertThat(valuesFrom(0)).isEqualTo(expected);
        assertThat(reports).isEmpty();
    }

    @Test
    void shouldKeepWhatWasAppendedWhenTheProcessDies() {
        fill(10);
        storage.close(); // and not the partition, which a killed process does not close either
        storage = restart(storage);
        partition = open(PartitionConfig.DEFAULT);

        assertThat(valuesFrom(0)).isEqualTo(numbered(0, 10));
        assertThat(reports).isEmpty();
    }

    @Test
    void shouldStartAtTheFirstSegmentThatIsThere() {
        reopen(SMALL);
        fill(60);
        partition.close();
        storage.delete("flights-0/00000000000000000000.log");
        partition = open(SMALL);

        assertThat(partition.logStartOffset()).isPositive();
        assertThat(valuesFrom(partition.logStartOffset())).isEqualTo(numbered(partition.logStartOffset(), 60));
        assertThatThrownBy(() -> partition.read(0, 100)).isInstanceOf(OffsetOutOfRangeException.class);
    }

    @Test
    void shouldFindTheFirstOffsetAtOrAfterATimestamp() {
        reopen(SMALL);
        for (int i = 0; i < 50; i++) {
            partition.append(Batches.of(1000 + i * 10L, "x", "y", "z")); // at 1000, 1001, 1002, 1010, ...
        }
        assertThat(partition.offsetForTimestamp(Long.MIN_VALUE)).hasValue(0);
        assertThat(partition.offsetForTimestamp(1000)).hasValue(0);
        assertThat(partition.offsetForTimestamp(1001)).hasValue(1);
        assertThat(partition.offsetForTimestamp(1003)).hasValue(3);
        for (int i = 0; i < 50; i++) {
            assertThat(partition.offsetForTimestamp(1002 + i * 10L)).hasValue(3L * i + 2);
            assertThat(partition.offsetForTimestamp(995 + i * 10L)).hasValue(3L * i);
        }
        assertThat(partition.offsetForTimestamp(1493)).isEmpty();
        assertThat(partition.offsetForTimestamp(Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void shouldFindTimestampsThatGoBackAndForth() {
        reopen(SMALL);
        long[] timestamps = new long[200];
        for (int i = 0; i < timestamps.length; i++) {
            timestamps[i] = 1000 + (i * 7919L) % 500 - 250 + i;
            partition.append(Batches.of(timestamps[i], "x"));
        }
        for (long wanted = 700; wanted < 1500; wanted++) {
            int first = 0;
            while (first < timestamps.length && timestamps[first] < wanted) {
                first++;
            }
            if (first == timestamps.length) {
                assertThat(partition.offsetForTimestamp(wanted)).isEmpty();
            } else {
                assertThat(partition.offsetForTimestamp(wanted))
                        .as("at %d", wanted)
                        .hasValue(first);
            }
        }
    }

    @Test
    void shouldFindTheSameTimestampsAfterReopening() {
        reopen(SMALL);
        for (int i = 0; i < 100; i++) {
            partition.append(Batches.of(1000 + i, "x"));
        }
        reopen(SMALL);
        for (int i = 0; i < 100; i++) {
            assertThat(partition.offsetForTimestamp(1000 + i)).hasValue(i);
        }
    }

    @Test
    void shouldTellListenersAfterTheRecordsCanBeRead() {
        List<String> told = new ArrayList<>();
        partition.onAppend(
                () -> told.add(Thread.currentThread().getName() + " sees " + valuesFrom(partition.logEndOffset() - 1)));
        partition.append(Batches.of(1000, "a"));
        partition.append(Batches.of(1000, "b", "c"));

        String name = Thread.currentThread().getName();
        assertThat(told).containsExactly(name + " sees [0 a]", name + " sees [2 c]");
    }

    @Test
    void shouldRefuseWhatIsNotOneIntactBatch() {
        partition.append(Batches.of(1000, "a"));
        long size = partition.sizeInBytes();
        ByteBuffer good = Batches.of(1000, "b", "c");

        ByteBuffer flipped = Batches.copy(good);
        flipped.put(flipped.limit() - 2, (byte) 'X');
        assertThatThrownBy(() -> partition.append(flipped))
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining("batch for flights-0")
                .hasMessageContaining("CRC-32C");
        assertThatThrownBy(() -> partition.append(ByteBuffer.allocate(20))).isInstanceOf(CorruptRecordException.class);
        ByteBuffer two = ByteBuffer.allocate(2 * good.remaining())
                .put(good.duplicate())
                .put(good.duplicate())
                .flip();
        assertThatThrownBy(() -> partition.append(two))
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining("expected one of " + two.limit());
        ByteBuffer gaps = Batches.sealed(Batches.copy(good).putInt(BatchLayout.LAST_OFFSET_DELTA, 9));
        assertThatThrownBy(() -> partition.append(gaps)).isInstanceOf(CorruptRecordException.class);
        ByteBuffer unknown = Batches.sealed(Batches.copy(good).putShort(BatchLayout.ATTRIBUTES, (short) 5));
        assertThatThrownBy(() -> partition.append(unknown)).isInstanceOf(UnsupportedCompressionException.class);

        assertThat(partition.sizeInBytes()).isEqualTo(size);
        assertThat(partition.logEndOffset()).isEqualTo(1);
    }

    @Test
    void shouldRefuseABatchBeyondTheLimit() {
        reopen(new PartitionConfig(1000, 200, 100));
        assertThatThrownBy(() -> partition.append(Batches.ofValue(1, new byte[100])))
                .isInstanceOf(RecordTooLargeException.class)
                .hasMessageContaining("flights");
        assertThat(partition.logEndOffset()).isZero();
    }

    @Test
    void shouldRefuseUseAfterClose() {
        partition.append(Batches.of(1000, "a"));
        partition.close();
        partition.close();

        assertThatThrownBy(() -> partition.read(0, 100))
                .isInstanceOf(LogClosedException.class)
                .hasMessageContaining("flights-0");
        assertThatThrownBy(() -> partition.append(Batches.of(1, "b"))).isInstanceOf(LogClosedException.class);
        assertThatThrownBy(() -> partition.offsetForTimestamp(1)).isInstanceOf(LogClosedException.class);
        assertThatThrownBy(() -> partition.force()).isInstanceOf(LogClosedException.class);
    }

    @Test
    void shouldServeReadersWhileAnotherThreadAppends() throws Exception {
        reopen(new PartitionConfig(20_000, 300, 100_000));
        int batches = 3_000;
        ExecutorService readers = Executors.newFixedThreadPool(2);
        try {
            List<Future<Long>> sums = new ArrayList<>();
            for (int reader = 0; reader < 2; reader++) {
                int maxBytes = reader == 0 ? 1 : 10_000;
                sums.add(readers.submit(() -> sumOfValues(2L * batches, maxBytes)));
            }
            long expected = 0;
            for (int i = 0; i < batches; i++) {
                partition.append(Batches.of(i, String.valueOf(2 * i), String.valueOf(2 * i + 1)));
                expected += 4L * i + 1;
            }
            for (Future<Long> sum : sums) {
                assertThat(sum.get(60, TimeUnit.SECONDS)).isEqualTo(expected);
            }
        } finally {
            readers.shutdownNow();
        }
    }

    @Test
    void shouldGiveConcurrentAppendsDifferentOffsets() throws Exception {
        reopen(SMALL);
        ExecutorService writers = Executors.newFixedThreadPool(3);
        try {
            List<Future<List<Long>>> all = new ArrayList<>();
            for (int writer = 0; writer < 3; writer++) {
                String value = "w" + writer;
                all.add(writers.submit(() -> {
                    List<Long> offsets = new ArrayList<>();
                    for (int i = 0; i < 200; i++) {
                        offsets.add(partition.append(Batches.of(i, value)));
                    }
                    return offsets;
                }));
            }
            List<String> read = new ArrayList<>();
            for (int writer = 0; writer < 3; writer++) {
                for (long offset : all.get(writer).get(60, TimeUnit.SECONDS)) {
                    read.add(offset + " w" + writer);
                }
            }
            assertThat(valuesFrom(0)).containsExactlyInAnyOrderElementsOf(read).hasSize(600);
        } finally {
            writers.shutdownNow();
        }
    }

    // Each value is the number of its offset, so a wrong, missing or repeated record shows at once.
    private long sumOfValues(long endOffset, int maxBytes) {
        long sum = 0;
        long next = 0;
        while (next < endOffset) {
            FetchedBatches fetched = partition.read(next, maxBytes);
            for (RecordBatch batch : fetched) {
                assertThat(batch.baseOffset()).isEqualTo(next);
                for (String value : Batches.values(batch)) {
                    assertThat(value).isEqualTo(String.valueOf(next));
                    sum += next++;
                }
            }
            assertThat(fetched.nextOffset()).isEqualTo(next);
            Thread.onSpinWait();
        }
        return sum;
    }

    /** Records in batches of one, two and three: values "0", "1", ... at timestamps 0, 1, ... */
    void fill(int records) {
        int offset = (int) partition.logEndOffset();
        while (offset < records) {
            int count = Math.min(records - offset, 1 + offset % 3);
            String[] values = new String[count];
            for (int i = 0; i < count; i++) {
                values[i] = "v" + (offset + i);
            }
            assertThat(partition.append(Batches.of(offset, values))).isEqualTo(offset);
            offset += count;
        }
    }

    static List<String> numbered(long from, long to) {
        List<String> values = new ArrayList<>();
        for (long i = from; i < to; i++) {
            values.add(i + " v" + i);
        }
        return values;
    }

    List<String> valuesFrom(long offset) {
        return valuesBetween(offset, partition.logEndOffset());
    }

    /** "offset value" of each record. */
    List<String> valuesBetween(long from, long to) {
        List<String> values = new ArrayList<>();
        long next = from;
        while (next < to) {
            FetchedBatches batches = partition.read(next, 500);
            long least = next;
            for (RecordBatch batch : batches) {
                batch.forEachRecord(record -> {
                    if (record.offset() >= least && record.offset() < to) {
                        values.add(record.offset() + " " + Batches.text(record.value()));
                    }
                });
            }
            next = batches.nextOffset();
        }
        return values;
    }
}
