package io.tailrace.log.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.tailrace.log.record.BatchLayout;
import io.tailrace.log.record.Batches;
import io.tailrace.log.record.ControlBatch;
import io.tailrace.log.record.EndTransactionMarker;
import io.tailrace.log.record.ProducerStamp;
import io.tailrace.log.record.RecordBatch;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

class AbortedTransactionsTest {

    @Test
    void shouldSkipTheBatchesOfAnAbortedTransactionUpToItsMarker() {
        AbortedTransactions aborted = new AbortedTransactions(
                List.of(new AbortedTransaction(8, 20, 30, 31), new AbortedTransaction(7, 10, 14, 15)));

        assertThat(aborted.skip(batch(7, 8, true))).as("before").isFalse();
        assertThat(aborted.skip(batch(7, 10, true))).isTrue();
        assertThat(aborted.skip(batch(8, 11, true))).as("of another").isFalse();
        assertThat(aborted.skip(plain(12))).isFalse();
        assertThat(aborted.skip(batch(7, 13, true))).isTrue();
        assertThat(aborted.skip(marker(7, 14))).isTrue();
        assertThat(aborted.skip(batch(7, 15, true))).as("behind its marker").isFalse();
        assertThat(aborted.skip(batch(7, 16, false))).isFalse();
        assertThat(aborted.skip(batch(8, 20, true))).isTrue();
        assertThat(aborted.skip(marker(8, 30))).isTrue();
    }

    @Test
    void shouldSkipTheSecondOfTwoTransactionsOfOneProducer() {
        AbortedTransactions aborted = new AbortedTransactions(
                List.of(new AbortedTransaction(7, 0, 2, 3), new AbortedTransaction(7, 6, 8, 9)));

        assertThat(aborted.skip(batch(7, 0, true))).isTrue();
        assertThat(aborted.skip(batch(7, 3, true))).isFalse();
        assertThat(aborted.skip(batch(7, 6, true))).isTrue();
        assertThat(aborted.skip(batch(7, 9, true))).isFalse();
    }

    @Test
    void shouldSkipFromTheMiddleOfATransaction() {
        AbortedTransactions aborted = new AbortedTransactions(List.of(new AbortedTransaction(7, 0, 20, 21)));

        assertThat(aborted.skip(batch(7, 15, true))).isTrue();
        assertThat(aborted.skip(batch(7, 21, true))).isFalse();
    }

    @Test
    void shouldSkipControlBatchesOnly() {
        AbortedTransactions none = new AbortedTransactions(List.of());

        assertThat(none.skip(batch(7, 0, true))).isFalse();
        assertThat(none.skip(marker(7, 1))).isTrue();
        assertThat(none.skip(plain(2))).isFalse();
    }

    private static RecordBatch batch(long producer, long offset, boolean transactional) {
        return at(offset, Batches.stamped(new ProducerStamp(producer, (short) 0, 0, transactional), 1000, "v"));
    }

    private static RecordBatch plain(long offset) {
        return at(offset, Batches.of(1000, "v"));
    }

    private static RecordBatch marker(long producer, long offset) {
        return at(offset, ControlBatch.endTransaction(producer, (short) 1, new EndTransactionMarker(false, 0), 1000));
    }

    private static RecordBatch at(long offset, ByteBuffer batch) {
        return Batches.read(batch.putLong(BatchLayout.BASE_OFFSET, offset));
    }
}
