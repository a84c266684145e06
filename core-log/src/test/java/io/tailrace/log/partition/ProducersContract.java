package io.tailrace.log.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tailrace.common.errors.CorruptRecordException;
import io.tailrace.common.errors.InvalidProducerEpochException;
import io.tailrace.common.errors.InvalidTxnStateException;
import io.tailrace.common.errors.OutOfOrderSequenceException;
import io.tailrace.common.errors.TransactionCoordinatorFencedException;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.record.BatchLayout;
import io.tailrace.log.record.Batches;
import io.tailrace.log.record.ControlBatch;
import io.tailrace.log.record.EndTransactionMarker;
import io.tailrace.log.record.ProducerStamp;
import io.tailrace.log.record.RecordBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a partition does for idempotent and transactional producers on every storage. */
abstract class ProducersContract extends OnePartition {
    static final PartitionConfig SMALL = new PartitionConfig(500, 100, 100_000);
    static final long A = 7;
    static final long B = 8;
    static final long C = 9;

    ProducersContract() {
        super(PartitionConfig.DEFAULT);
    }

    long send(long producer, int epoch, int sequence, String... values) {
        return partition.append(Batches.stamped(stamp(producer, epoch, sequence, false), 1000, values));
    }

    long sendInTransaction(long producer, int epoch, int sequence, String... values) {
        return partition.append(Batches.stamped(stamp(producer, epoch, sequence, true), 1000, values));
    }

    long commit(long producer, int epoch) {
        return partition.endTransaction(producer, (short) epoch, true, 0, 2000);
    }

    long abort(long producer, int epoch) {
        return partition.endTransaction(producer, (short) epoch, false, 0, 2000);
    }

    static ProducerStamp stamp(long producer, int epoch, int sequence, boolean transactional) {
        return new ProducerStamp(producer, (short) epoch, sequence, transactional);
    }

    /** "offset value" of each record that a reader of committed data sees. */
    List<String> committed() {
        return committed(200);
    }

    List<String> committed(int maxBytes) {
        List<String> values = new ArrayList<>();
        long next = partition.logStartOffset();
        while (true) {
            FetchedBatches fetched = partition.read(next, maxBytes, IsolationLevel.READ_COMMITTED);
            if (fetched.isEmpty()) {
                return values;
            }
            AbortedTransactions aborted = new AbortedTransactions(fetched.abortedTransactions());
            for (RecordBatch batch : fetched) {
                assertThat(batch.lastOffset()).isLessThan(partition.lastStableOffset());
                if (!aborted.skip(batch)) {
                    batch.forEachRecord(record -> values.add(record.offset() + " " + Batches.text(record.value())));
                }
            }
            next = fetched.nextOffset();
        }
    }

    @Test
    void shouldGiveARepeatedBatchTheOffsetItHad() {
        List<Long> offsets = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            offsets.add(send(A, 0, 2 * i, "a" + i, "b" + i));
            send(B, 0, i, "between");
        }
        long end = partition.logEndOffset();

        for (int i = 2; i < 7; i++) {
            assertThat(send(A, 0, 2 * i, "a" + i, "b" + i)).isEqualTo(offsets.get(i));
        }
        assertThat(partition.logEndOffset()).isEqualTo(end);
        assertThatThrownBy(() -> send(A, 0, 2, "a1", "b1"))
                .as("older than the last five")
                .isInstanceOf(OutOfOrderSequenceException.class);
        assertThat(send(A, 0, 14, "next")).isEqualTo(end);
    }

    @Test
    void shouldNotTellListenersOfARepeatedBatch() {
        send(A, 0, 0, "a");
        List<Long> told = new ArrayList<>();
        partition.onAppend(() -> told.add(partition.logEndOffset()));
        send(A, 0, 0, "a");
        send(A, 0, 1, "b");
        commit(A, 1);

        assertThat(told).containsExactly(2L, 3L);
    }

    @Test
    void shouldRefuseAGap() {
        send(A, 0, 0, "a", "b");

        assertThatThrownBy(() -> send(A, 0, 3, "d"))
                .isInstanceOf(OutOfOrderSequenceException.class)
                .hasMessageContaining("flights-0: batch of producer 7 epoch 0 begins with sequence 3, expected 2");
        assertThatThrownBy(() -> send(A, 0, 1, "b"))
                .as("half of a batch that is there")
                .isInstanceOf(OutOfOrderSequenceException.class);
        assertThat(partition.logEndOffset()).isEqualTo(2);
        assertThat(send(A, 0, 2, "c")).isEqualTo(2);
    }

    @Test
    void shouldRefuseAnEpochThatIsOver() {
        send(A, 3, 0, "a");

        assertThatThrownBy(() -> send(A, 2, 1, "late"))
                .isInstanceOf(InvalidProducerEpochException.class)
                .hasMessageContaining("batch of producer 7 has epoch 2, expected 3 or more");
        assertThat(partition.logEndOffset()).isEqualTo(1);
    }

    @Test
    void shouldBeginANewEpochWithSequenceZero() {
        send(A, 0, 0, "a", "b");

        assertThatThrownBy(() -> send(A, 1, 2, "c"))
                .isInstanceOf(OutOfOrderSequenceException.class)
                .hasMessageContaining("expected 0 in a new epoch");
        assertThat(send(A, 1, 0, "c", "d")).isEqualTo(2);
        assertThat(send(A, 1, 2, "e")).isEqualTo(4);
        assertThat(send(A, 1, 0, "c", "d")).isEqualTo(2);
    }

    @Test
    void shouldTakeAProducerOfWhichNothingIsKnown() {
        assertThat(send(A, 5, 100, "a")).isZero();
        assertThat(send(A, 5, 101, "b")).isEqualTo(1);
        assertThatThrownBy(() -> sendInTransaction(B, 5, 100, "a"))
                .isInstanceOf(OutOfOrderSequenceException.class)
                .hasMessageContaining("nothing is known");
    }

    @Test
    void shouldGoOnWithSequenceZeroBehindTheLargest() {
        send(A, 0, Integer.MAX_VALUE - 1, "a", "b");
        assertThat(send(A, 0, 0, "c")).isEqualTo(2);
        assertThat(send(A, 0, Integer.MAX_VALUE - 1, "a", "b")).isZero();

        send(B, 0, Integer.MAX_VALUE, "x", "y", "z");
        assertThat(send(B, 0, 2, "w")).isEqualTo(6);
        assertThat(send(B, 0, Integer.MAX_VALUE, "x", "y", "z")).isEqualTo(3);
    }

    @Test
    void shouldRefuseBatchesThatNoProducerMaySend() {
        ByteBuffer marker = ControlBatch.endTransaction(A, (short) 0, new EndTransactionMarker(true, 0), 1000);
        assertThatThrownBy(() -> partition.append(marker))
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining("control batch");
        ByteBuffer unnumbered = Batches.stamped(stamp(A, 0, BatchLayout.NO_SEQUENCE, true), 1000, "a");
        assertThatThrownBy(() -> partition.append(unnumbered))
                .isInstanceOf(CorruptRecordException.class)
                .hasMessageContaining("sequence -1");
        assertThat(partition.logEndOffset()).isZero();
        assertThat(partition.producers()).isEmpty();
    }

    @Test
    void shouldTakeUnnumberedBatchesOfACoordinator() {
        for (int i = 0; i < 2; i++) {
            ByteBuffer unnumbered = Batches.stamped(stamp(A, 1, BatchLayout.NO_SEQUENCE, true), 1000, "commit" + i);
            assertThat(partition.append(unnumbered, AppendOrigin.COORDINATOR)).isEqualTo(i);
        }
        assertThat(partition.lastStableOffset()).isZero();
        ByteBuffer late = Batches.stamped(stamp(A, 0, BatchLayout.NO_SEQUENCE, true), 1000, "late");
        assertThatThrownBy(() -> partition.append(late, AppendOrigin.COORDINATOR))
                .isInstanceOf(InvalidProducerEpochException.class);
        commit(A, 2);
        assertThat(committed()).containsExactly("0 commit0", "1 commit1");
    }

    @Test
    void shouldShowATransactionWhenItIsCommitted() {
        partition.append(Batches.of(1000, "before"));
        sendInTransaction(A, 0, 0, "a1", "a2");
        partition.append(Batches.of(1000, "between"));

        assertThat(partition.lastStableOffset()).isEqualTo(1);
        assertThat(committed()).containsExactly("0 before");
        assertThat(partition.read(2, 1000, IsolationLevel.READ_COMMITTED).isEmpty())
                .as("behind the last stable offset")
                .isTrue();
        assertThat(partition.read(1, 1000).nextOffset()).isEqualTo(4);

        assertThat(commit(A, 1)).isEqualTo(4);
        assertThat(partition.lastStableOffset()).isEqualTo(5);
        assertThat(committed()).containsExactly("0 before", "1 a1", "2 a2", "3 between");
    }

    @Test
    void shouldHideATransactionThatIsAborted() {
        sendInTransaction(A, 0, 0, "a1", "a2");
        partition.append(Batches.of(1000, "between"));
        sendInTransaction(A, 0, 2, "a3");
        abort(A, 1);
        sendInTransaction(A, 1, 0, "a4");
        commit(A, 2);

        assertThat(committed()).containsExactly("2 between", "5 a4");
        assertThat(committed(1)).containsExactly("2 between", "5 a4");
        assertThat(partition.read(0, 10_000).abortedTransactions())
                .as("a reader of everything")
                .isEmpty();
        assertThat(partition.read(0, 10_000, IsolationLevel.READ_COMMITTED).abortedTransactions())
                .containsExactly(new AbortedTransaction(A, 0, 4, 5));
        assertThat(partition.read(5, 10_000, IsolationLevel.READ_COMMITTED).abortedTransactions())
                .isEmpty();
        assertThat(partition.abortedTransactions(4, 5)).hasSize(1);
        assertThat(partition.abortedTransactions(5, 7)).isEmpty();
    }

    @Test
    void shouldWaitForTheFirstOfSeveralTransactions() {
        sendInTransaction(A, 0, 0, "a1");
        sendInTransaction(B, 0, 0, "b1");
        sendInTransaction(A, 0, 1, "a2");
        abort(B, 1);
        assertThat(partition.lastStableOffset()).isZero();
        assertThat(committed()).isEmpty();

        sendInTransaction(B, 1, 0, "b2");
        commit(A, 1);
        assertThat(partition.lastStableOffset()).isEqualTo(4);
        assertThat(committed()).containsExactly("0 a1", "2 a2");

        commit(B, 2);
        assertThat(partition.lastStableOffset()).isEqualTo(7);
        assertThat(committed()).containsExactly("0 a1", "2 a2", "4 b2");
    }

    @Test
    void shouldFenceWithTheEpochOfTheMarker() {
        sendInTransaction(A, 0, 0, "a");
        commit(A, 1);

        assertThatThrownBy(() -> sendInTransaction(A, 0, 1, "late")).isInstanceOf(InvalidProducerEpochException.class);
        assertThatThrownBy(() -> sendInTransaction(A, 1, 1, "b"))
                .as("a new epoch begins at 0")
                .isInstanceOf(OutOfOrderSequenceException.class);
        assertThat(sendInTransaction(A, 1, 0, "b")).isEqualTo(2);
    }

    @Test
    void shouldRefuseAMarkerOfAnEpochThatIsOver() {
        sendInTransaction(A, 4, 0, "a");
        for (int epoch : new int[] {3, 4}) {
            assertThatThrownBy(() -> abort(A, epoch))
                    .isInstanceOf(InvalidProducerEpochException.class)
                    .hasMessageContaining("marker of producer 7 has epoch " + epoch + ", expected 5 or more");
        }
        assertThat(partition.logEndOffset()).isEqualTo(1);
        commit(A, 5);
        assertThat(commit(A, 5)).as("a marker that is repeated").isEqualTo(2);
        assertThatThrownBy(() -> commit(A, 4)).isInstanceOf(InvalidProducerEpochException.class);
        assertThat(committed()).containsExactly("0 a");
    }

    @Test
    void shouldTakeAMarkerWithoutTransaction() {
        assertThat(abort(A, 3)).isZero();
        assertThat(partition.lastStableOffset()).isEqualTo(1);
        assertThatThrownBy(() -> sendInTransaction(A, 2, 0, "late")).isInstanceOf(InvalidProducerEpochException.class);
        sendInTransaction(A, 3, 0, "a");
        commit(A, 4);
        assertThat(committed()).containsExactly("1 a");
    }

    @Test
    void shouldRefuseAMarkerOfAnOlderCoordinator() {
        sendInTransaction(A, 0, 0, "a");
        partition.endTransaction(A, (short) 1, true, 5, 2000);
        sendInTransaction(A, 1, 0, "b");

        assertThatThrownBy(() -> partition.endTransaction(A, (short) 2, true, 4, 2000))
                .isInstanceOf(TransactionCoordinatorFencedException.class)
                .hasMessageContaining("coordinator epoch 4, expected 5 or more");
        assertThat(partition.lastStableOffset()).isEqualTo(2);
        partition.endTransaction(A, (short) 2, true, 5, 2000);
        assertThat(partition.lastStableOffset()).isEqualTo(4);
    }

    @Test
    void shouldRefuseABatchOutsideOfTheOpenTransaction() {
        sendInTransaction(A, 0, 0, "a");
        assertThatThrownBy(() -> send(A, 0, 1, "b"))
                .isInstanceOf(InvalidTxnStateException.class)
                .hasMessageContaining("its transaction is open since offset 0");
        commit(A, 1);
        assertThat(send(A, 1, 0, "b")).isEqualTo(2);
    }

    @Test
    void shouldTellWhatItKnowsOfProducers() {
        send(A, 3, 10, "a", "b");
        sendInTransaction(B, 0, 0, "c");
        partition.endTransaction(B, (short) 1, true, 9, 5000);
        partition.append(Batches.of(1000, "without producer"));
        sendInTransaction(B, 1, 0, "d");

        assertThat(partition.producers())
                .containsExactlyInAnyOrder(
                        new ProducerInfo(A, (short) 3, 11, 1001, -1, -1),
                        new ProducerInfo(B, (short) 1, 0, 1000, 9, 5));
    }

    @Test
    void shouldKnowTheSameAfterARestart() {
        for (boolean crash : new boolean[] {false, true}) {
            partition.close();
            storage.close();
            openPartition();
            send(A, 0, 0, "a0");
            for (int i = 1; i < 7; i++) {
                send(A, 0, 2 * i - 1, "a" + i, "b" + i);
            }
            sendInTransaction(B, 0, 0, "c");
            partition.endTransaction(B, (short) 1, false, 3, 5000);
            sendInTransaction(B, 1, 0, "d");
            List<ProducerInfo> known = partition.producers();
            long end = partition.logEndOffset();

            if (crash) {
                crash(PartitionConfig.DEFAULT);
            } else {
                reopen(PartitionConfig.DEFAULT);
            }

            assertThat(partition.producers()).containsExactlyInAnyOrderElementsOf(known);
            assertThat(partition.lastStableOffset()).isEqualTo(end - 1);
            for (int i = 2; i < 7; i++) {
                assertThat(send(A, 0, 2 * i - 1, "a" + i, "b" + i)).isEqualTo(2 * i - 1);
            }
            assertThatThrownBy(() -> send(A, 0, 1, "a1", "b1")).isInstanceOf(OutOfOrderSequenceException.class);
            assertThatThrownBy(() -> commit(B, 1)).isInstanceOf(InvalidProducerEpochException.class);
            assertThatThrownBy(() -> partition.endTransaction(B, (short) 2, true, 2, 6000))
                    .isInstanceOf(TransactionCoordinatorFencedException.class);
            assertThat(partition.logEndOffset()).isEqualTo(end);
            partition.endTransaction(B, (short) 2, true, 3, 6000);
            assertThat(committed()).hasSize(14).contains((end - 1) + " d").doesNotContain((end - 3) + " c");
        }
    }

    /** Transactions of one producer after the other, every third aborted, and records of others between; returns what remains. */
    List<String> fill(int transactions) {
        List<String> expected = new ArrayList<>();
        for (int i = 0; i < transactions; i++) {
            long first = sendInTransaction(A, i, 0, "a" + i, "b" + i);
            expected.add(partition.append(Batches.of(1000, "x" + i)) + " x" + i);
            if (i % 3 == 0) {
                abort(A, i + 1);
            } else {
                expected.add(expected.size() - 1, first + " a" + i);
                expected.add(expected.size() - 1, (first + 1) + " b" + i);
                commit(A, i + 1);
            }
        }
        return expected;
    }

    @Test
    void shouldHideAbortedTransactionsInEverySegment() {
        reopen(SMALL);
        List<String> expected = fill(60);

        assertThat(storage.list("flights-0").stream().filter(name -> name.endsWith(".log")))
                .hasSizeGreaterThan(20);
        for (int maxBytes : new int[] {1, 200, 10_000}) {
            assertThat(committed(maxBytes)).isEqualTo(expected);
        }
        reopen(SMALL);
        assertThat(committed()).isEqualTo(expected);
        crash(SMALL);
        assertThat(committed()).isEqualTo(expected);
    }

    @Test
    void shouldHideAnAbortedTransactionOverManySegments() {
        reopen(SMALL);
        sendInTransaction(B, 0, 0, "b");
        List<String> expected = fill(30);
        sendInTransaction(B, 0, 1, "b");
        assertThat(committed()).isEmpty();
        abort(B, 1);

        assertThat(committed()).isEqualTo(expected);
        reopen(SMALL);
        assertThat(committed()).isEqualTo(expected);
    }

    @Test
    void shouldMakeTransactionIndexesAgain() {
        reopen(SMALL);
        List<String> expected = fill(40);
        reopen(SMALL);
        partition.close();
        List<String> names = storage.list("flights-0").stream()
                .filter(name -> name.endsWith(SegmentName.TRANSACTION_INDEX))
                .toList();
        assertThat(names).hasSizeGreaterThan(10);
        for (int i = 0; i < names.size(); i++) {
            String path = "flights-0/" + names.get(i);
            switch (i % 4) {
                case 0 -> storage.delete(path);
                case 1 -> storage.writeAtomically(path, new byte[0]);
                case 2 -> storage.writeAtomically(path, new byte[4]);
                default -> {} // as it was
            }
        }
        partition = open(SMALL);
        assertThat(committed()).isEqualTo(expected);
        assertThat(storage.list("flights-0")).containsAll(names);
    }

    @Test
    void shouldKeepTheNewestSnapshots() {
        reopen(SMALL);
        fill(30);
        assertThat(snapshots()).as("one per roll").hasSizeBetween(1, 3);
        for (int i = 0; i < 5; i++) {
            send(B, 0, i, "b");
            reopen(SMALL);
            assertThat(snapshots())
                    .hasSizeBetween(2, 3)
                    .last()
                    .isEqualTo(SegmentName.of(partition.logEndOffset(), SegmentName.SNAPSHOT));
        }
        List<String> before = snapshots();
        reopen(SMALL);
        assertThat(snapshots()).as("nothing new").isEqualTo(before);
    }

    @Test
    void shouldKnowProducersFromTheSnapshot() {
        reopen(SMALL);
        send(B, 0, 0, "b");
        fill(30);
        List<ProducerInfo> known = partition.producers();
        partition.close();
        String first = "flights-0/" + SegmentName.of(0, SegmentName.LOG);
        storage.writeAtomically(first, new byte[(int) storage.size(first)]);

        partition = open(SMALL);
        assertThat(partition.producers()).containsExactlyInAnyOrderElementsOf(known);
        assertThat(send(B, 0, 0, "b")).isZero();
    }

    @Test
    void shouldForgetWhatALogThatWasCutKnew() {
        send(A, 0, 0, "a");
        long size = partition.sizeInBytes();
        send(A, 0, 1, "b");
        partition.close();
        String log = "flights-0/" + SegmentName.of(0, SegmentName.LOG);
        storage.writeAtomically(log, Arrays.copyOf(storage.readAllBytes(log), (int) size + 3));

        partition = open(PartitionConfig.DEFAULT);
        assertThat(partition.producers()).extracting(ProducerInfo::lastSequence).containsExactly(0);
        assertThat(snapshots()).isEmpty();
        assertThat(send(A, 0, 1, "b")).isEqualTo(1);
    }

    @Test
    void shouldDecideTheSameWhateverIsWrongWithItsFiles() {
        reopen(SMALL);
        List<String> expected = fill(12);
        sendInTransaction(B, 0, 0, "b");
        send(C, 0, 0, "c");
        List<ProducerInfo> known = partition.producers();
        partition.close();
        for (String name : storage.list("flights-0")) {
            boolean snapshot = name.endsWith(SegmentName.SNAPSHOT);
            if (snapshot || name.endsWith(SegmentName.TRANSACTION_INDEX)) {
                String path = "flights-0/" + name;
                byte[] good = storage.readAllBytes(path);
                for (int i = 0; i <= good.length; i++) {
                    byte[] bad = i == good.length ? new byte[0] : good.clone();
                    if (i < good.length) {
                        bad[i] ^= (byte) (1 << i % 8);
                    }
                    storage.writeAtomically(path, bad);
                    partition = open(SMALL);
                    assertThat(partition.producers()).containsExactlyInAnyOrderElementsOf(known);
                    assertThat(committed(10_000)).isEqualTo(expected);
                    assertThat(send(C, 0, 0, "c")).isEqualTo(partition.logEndOffset() - 1);
                    partition.close();
                }
                storage.writeAtomically(path, good);
            }
        }
    }

    @Test
    void shouldForgetIdleProducers() {
        send(A, 0, 0, "a");
        sendInTransaction(B, 0, 0, "b");
        partition.expireProducers(10_000, 1000);
        partition.expireProducers(10_999, 1000);
        assertThat(partition.producers()).hasSize(2);
        send(A, 0, 1, "a");
        partition.expireProducers(11_000, 1000);
        assertThat(partition.producers()).hasSize(2);
        partition.expireProducers(12_000, 1000);
        assertThat(partition.producers())
                .as("a transaction is open")
                .extracting(ProducerInfo::producerId)
                .containsExactly(B);

        assertThat(send(A, 0, 5, "a")).as("as of one that is not known").isEqualTo(3);
        commit(B, 1);
        partition.expireProducers(13_000, 1000);
        partition.expireProducers(14_000, 1000);
        assertThat(partition.producers()).isEmpty();
    }

    @Test
    void shouldBoundTheNumberOfProducersByThoseOfADay() {
        long hourMs = 60 * 60 * 1000L;
        for (int i = 0; i < 5_000; i++) {
            partition.append(Batches.stamped(stamp(100 + i, 0, 0, i == 0), i * hourMs, "v"));
        }
        assertThat(partition.producers())
                .hasSizeBetween(24, 2_100)
                .extracting(ProducerInfo::producerId)
                .contains(100L, 5_099L);
    }

    @Test
    void shouldForgetByTimestampAfterARestart() {
        send(A, 0, 0, "a"); // at 1000
        sendInTransaction(B, 0, 0, "b");
        commit(B, 1); // at 2000
        reopen(PartitionConfig.DEFAULT);

        partition.expireProducers(2500, 1000);
        assertThat(partition.producers()).extracting(ProducerInfo::producerId).containsExactly(B);
        crash(PartitionConfig.DEFAULT);
        partition.expireProducers(500, 1000);
        assertThat(partition.producers()).as("timestamps ahead of the clock").hasSize(2);
        partition.expireProducers(1500, 1000);
        assertThat(partition.producers()).isEmpty();
    }

    private List<String> snapshots() {
        return storage.list("flights-0").stream()
                .filter(name -> name.endsWith(SegmentName.SNAPSHOT))
                .toList();
    }
}
