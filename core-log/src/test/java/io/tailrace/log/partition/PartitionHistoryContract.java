package io.tailrace.log.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.errors.InvalidRecordException;
import io.tailrace.common.errors.LogClosedException;
import io.tailrace.common.errors.OffsetOutOfRangeException;
import io.tailrace.log.record.Batches;
import io.tailrace.log.record.EmptyBatch;
import io.tailrace.log.record.RecordBatch;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What maintenance may do with a partition, on every storage, and what readers see of it. */
abstract class PartitionHistoryContract extends OnePartition {
    private static final PartitionConfig SMALL = new PartitionConfig(1000, 200, 100_000);

    PartitionHistoryContract() {
        super(SMALL);
    }

    private void reopen() {
        reopen(SMALL);
    }

    /** Records of value "v" and their offset, at timestamp 1000 and their offset. */
    private void fill(int to) {
        for (long offset = partition.logEndOffset(); offset < to; offset++) {
            partition.append(Batches.of(1000 + offset, "v" + offset));
        }
    }

    private List<String> values() {
        List<String> values = new ArrayList<>();
        long next = partition.logStartOffset();
        while (next < partition.logEndOffset()) {
            long from = next;
            FetchedBatches batches = partition.read(next, 300);
            for (RecordBatch batch : batches) {
                batch.forEachRecord(record -> {
                    if (record.offset() >= from) {
                        values.add(Batches.text(record.value()));
                    }
                });
            }
            next = batches.nextOffset();
        }
        return values;
    }

    private static List<String> numbered(int from, int to) {
        List<String> values = new ArrayList<>();
        for (int i = from; i < to; i++) {
            values.add("v" + i);
        }
        return values;
    }

    private List<String> logs() {
        return storage.list("flights-0").stream()
                .filter(name -> name.endsWith(".log"))
                .toList();
    }

    @Test
    void shouldNotReturnDeletedRecordsAndDeleteTheirWholeSegments() {
        fill(100);
        int before = logs().size();
        List<Long> told = new ArrayList<>();
        partition.history().onStartOffset(offset -> {
            assertThat(logs()).as("told before anything is deleted").hasSize(before);
            told.add(offset);
        });
        partition.history().deleteRecordsBefore(50);
        partition.history().deleteRecordsBefore(20);

        assertThat(partition.logStartOffset()).isEqualTo(50);
        assertThat(told).containsExactly(50L);
        assertThat(values()).isEqualTo(numbered(50, 100));
        assertThatThrownBy(() -> partition.read(49, 100))
                .isInstanceOf(OffsetOutOfRangeException.class)
                .hasMessageContaining("50..100");
        assertThat(logs()).hasSizeLessThan(before);
        assertThat(SegmentName.baseOffset(logs().get(0))).isBetween(30L, 50L);
        assertThat(storage.list("flights-0")).noneMatch(name -> name.endsWith(".deleted"));
        assertThat(partition.offsetForTimestamp(0)).hasValue(50);
    }

    @Test
    void shouldStartWhereItStartedBefore() {
        fill(100);
        partition.history().deleteRecordsBefore(50);
        reopen();
        partition.history().restoreStartOffset(50);
        assertThat(partition.logStartOffset()).isEqualTo(50);
        assertThat(values()).isEqualTo(numbered(50, 100));
    }

    @Test
    void shouldNotGiveOffsetsAgainThatWereDeletedAndLost() {
        fill(20);
        partition.history().restoreStartOffset(50);
        assertThat(partition.logStartOffset()).isEqualTo(50);
        assertThat(partition.logEndOffset()).isEqualTo(50);
        assertThat(logs()).isEmpty();
        assertThat(partition.append(Batches.of(1, "new"))).isEqualTo(50);
        reopen();
        assertThat(partition.logEndOffset()).isEqualTo(51);
        assertThat(values()).containsExactly("new");
    }

    @Test
    void shouldDeleteUpToTheEndButNoFurther() {
        fill(30);
        assertThatThrownBy(() -> partition.history().deleteRecordsBefore(31))
                .isInstanceOf(OffsetOutOfRangeException.class);
        partition.history().deleteRecordsBefore(30);
        assertThat(partition.read(30, 100).isEmpty()).isTrue();
        assertThat(partition.append(Batches.of(1, "v30"))).isEqualTo(30);
        assertThat(values()).containsExactly("v30");
    }

    @Test
    void shouldDeleteSegmentsWhoseRecordsAreAllTooOld() {
        fill(100);
        long second = SegmentName.baseOffset(logs().get(1));
        assertThat(partition.history().deleteExpired(1000 + second - 1, Long.MAX_VALUE))
                .isZero();
        assertThat(partition.history().deleteExpired(1000 + second, Long.MAX_VALUE))
                .isEqualTo(1);
        assertThat(partition.logStartOffset()).isEqualTo(second);
        assertThat(values()).isEqualTo(numbered((int) second, 100));
    }

    @Test
    void shouldDeleteTheLastSegmentTooWhenAllOfItIsTooOld() {
        fill(100);
        partition.history().deleteExpired(1099, Long.MAX_VALUE);
        assertThat(values()).as("the last record is young enough").isNotEmpty();
        partition.history().deleteExpired(1100, Long.MAX_VALUE);
        assertThat(values()).isEmpty();
        assertThat(partition.sizeInBytes()).isZero();
        assertThat(partition.logStartOffset()).isEqualTo(100);
        assertThat(partition.history().deleteExpired(9999, Long.MAX_VALUE)).isZero();
        reopen();
        assertThat(partition.append(Batches.of(1, "v100"))).isEqualTo(100);
    }

    @Test
    void shouldDeleteTheOldestSegmentsWhenTheOthersHaveEnoughBytes() {
        fill(100);
        long size = partition.sizeInBytes();
        assertThat(partition.history().deleteExpired(Long.MIN_VALUE, size)).isZero();
        partition.history().deleteExpired(Long.MIN_VALUE, 2500);
        assertThat(partition.sizeInBytes()).isBetween(2500L, 3500L);
        assertThat(values()).isEqualTo(numbered((int) partition.logStartOffset(), 100));
        partition.history().deleteExpired(Long.MIN_VALUE, 0);
        assertThat(logs()).as("the last segment stays").hasSize(1);
    }

    @Test
    void shouldRollByTheAgeOfTheFirstRecord() {
        assertThat(partition.history().rollIfOlder(Long.MAX_VALUE))
                .as("nothing to roll")
                .isFalse();
        fill(3);
        assertThat(partition.history().rollIfOlder(1000)).isFalse();
        assertThat(partition.history().rollIfOlder(1001)).isTrue();
        assertThat(logs()).hasSize(2);
        fill(6);
        reopen();
        assertThat(values()).isEqualTo(numbered(0, 6));
    }

    @Test
    void shouldShowAReplacedSegmentToReadersAtOnce() {
        fill(60);
        List<SealedSegment> sealed = partition.history().sealedSegments();
        FetchedBatches heldByAReader = partition.read(0, 100_000);
        List<SealedSegment> old = sealed.subList(0, 3);
        long end = old.get(2).nextOffset();
        try (SegmentReplacement replacement = partition.history().replace(old)) {
            replacement.append(EmptyBatch.covering(0, end - 1));
            replacement.append(partition.read(end - 1, 1).bytes());
            assertThat(values()).as("not before it is committed").hasSize(60);
            replacement.commit();
        }
        assertThat(values()).isEqualTo(numbered((int) end - 1, 60));
        assertThat(Batches.values(heldByAReader.iterator().next())).containsExactly("v0");
        assertThat(partition.history().sealedSegments()).hasSize(sealed.size() - 2);
        assertThat(storage.list("flights-0")).noneMatch(name -> name.matches(".*\\.(deleted|cleaned|swap)"));
        for (SealedSegment segment : old) {
            assertThatThrownBy(() -> segment.read(segment.baseOffset(), 100))
                    .as("its file is closed, whoever reads it has to look again")
                    .isInstanceOf(RuntimeException.class);
        }
        reopen();
        assertThat(values()).isEqualTo(numbered((int) end - 1, 60));
        assertThat(partition.offsetForTimestamp(0)).hasValue(end - 1);
    }

    @Test
    void shouldForgetAReplacementThatIsNotCommitted() {
        fill(60);
        try (SegmentReplacement replacement =
                partition.history().replace(partition.history().sealedSegments().subList(0, 2))) {
            replacement.append(EmptyBatch.covering(0, 3));
            assertThatThrownBy(() -> replacement.append(EmptyBatch.covering(4, 5)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("from offset 3");
            assertThatThrownBy(replacement::commit).isInstanceOf(IllegalStateException.class);
        }
        assertThat(values()).isEqualTo(numbered(0, 60));
        assertThat(storage.list("flights-0")).noneMatch(name -> name.endsWith(".cleaned"));
    }

    @Test
    void shouldRefuseRecordsWithoutKeyWhenKeysAreRequired() {
        partition.configure(SMALL.withKeysRequired(true));
        assertThatThrownBy(() -> partition.append(Batches.ofValue(1, new byte[3])))
                .isInstanceOf(InvalidRecordException.class)
                .hasMessageContaining("flights-0")
                .hasMessageContaining("cleanup.policy");
        assertThat(partition.logEndOffset()).isZero();
        partition.append(Batches.of(1, "with key"));
        partition.configure(SMALL);
        partition.append(Batches.ofValue(1, new byte[3]));
    }

    @Test
    void shouldRefuseWorkWhenThePartitionIsClosed() {
        fill(60);
        PartitionHistory history = partition.history();
        try (SegmentReplacement replacement =
                history.replace(history.sealedSegments().subList(0, 1))) {
            replacement.append(
                    EmptyBatch.covering(0, history.sealedSegments().get(0).nextOffset()));
            partition.close();
            assertThatThrownBy(replacement::commit).isInstanceOf(LogClosedException.class);
        }
        assertThatThrownBy(() -> history.deleteRecordsBefore(1)).isInstanceOf(LogClosedException.class);
        assertThatThrownBy(() -> history.deleteExpired(1, 1)).isInstanceOf(LogClosedException.class);
        assertThatThrownBy(history::sealedSegments).isInstanceOf(LogClosedException.class);
        reopen();
        assertThat(values()).isEqualTo(numbered(0, 60));
    }
}
