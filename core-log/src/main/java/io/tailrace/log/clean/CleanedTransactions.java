package io.tailrace.log.clean;

import io.tailrace.log.partition.AbortedTransaction;
import io.tailrace.log.record.ControlBatch;
import io.tailrace.log.record.EndTransactionMarker;
import io.tailrace.log.record.RecordBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a pass over the log, from its start on, knows of transactions: which data was aborted, and which markers end
 * transactions that have no data left. Feed it every batch in the order of offsets.
 *
 * <p><b>Owner:</b> one thread.
 */
final class CleanedTransactions {
    private final Supplier<List<AbortedTransaction>> abortedTransactions;
    private @Nullable List<AbortedTransaction> upcoming; // by first offset; null before the first transaction
    private final Map<Long, Aborted> aborted = new HashMap<>(); // by producer
    private final Set<Long> withData = new HashSet<>(); // producers whose transaction is not known as aborted
    private int next;

    /**
     * @param abortedTransactions all of the range that is gone over, in any order; asked when there is a transaction
     */
    CleanedTransactions(Supplier<List<AbortedTransaction>> abortedTransactions) {
        this.abortedTransactions = abortedTransactions;
    }

    private static final class Aborted {
        private final long markerOffset;
        private boolean hasData;

        Aborted(long markerOffset) {
            this.markerOffset = markerOffset;
        }
    }

    /** Whether the records of a batch belong to an aborted transaction. */
    boolean onData(RecordBatch batch) {
        if (!batch.isTransactional()) {
            return false;
        }
        beginUpTo(batch.lastOffset());
        Aborted transaction = aborted.get(batch.producerId());
        // A producer has one transaction at a time, so what is behind the marker is another one.
        if (transaction != null && batch.lastOffset() < transaction.markerOffset) {
            transaction.hasData = true;
            return true;
        }
        withData.add(batch.producerId());
        return false;
    }

    /** Whether nothing is left of the transaction that a control batch ends. */
    boolean onControl(RecordBatch batch) {
        beginUpTo(batch.lastOffset());
        if (batch.count() == 0) {
            return true; // its marker went before
        }
        EndTransactionMarker marker = ControlBatch.marker(batch);
        if (marker == null) {
            return false; // of another kind, not ours to remove
        }
        boolean hadData = withData.remove(batch.producerId());
        if (!marker.commit()) {
            Aborted transaction = aborted.remove(batch.producerId());
            hadData |= transaction != null && transaction.hasData;
        }
        return !hadData;
    }

    private void beginUpTo(long offset) {
        List<AbortedTransaction> all = upcoming;
        if (all == null) {
            all = new ArrayList<>(abortedTransactions.get());
            all.sort(Comparator.comparingLong(AbortedTransaction::firstOffset));
            upcoming = all;
        }
        while (next < all.size() && all.get(next).firstOffset() <= offset) {
            AbortedTransaction begun = all.get(next++);
            aborted.put(begun.producerId(), new Aborted(begun.lastOffset()));
        }
    }
}
