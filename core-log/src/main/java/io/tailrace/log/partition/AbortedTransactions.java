package io.tailrace.log.partition;

import io.tailrace.log.record.RecordBatch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Tells a reader of committed data which batches to leave out: feed it the batches in the order of their offsets.
 *
 * <p><b>Owner:</b> one thread.
 */
public final class AbortedTransactions {
    private final List<AbortedTransaction> upcoming; // by first offset
    private final Map<Long, AbortedTransaction> current = new HashMap<>(); // by producer
    private int next;

    /** @param aborted those that overlap the batches to come, in any order */
    public AbortedTransactions(List<AbortedTransaction> aborted) {
        this.upcoming = new ArrayList<>(aborted);
        upcoming.sort(Comparator.comparingLong(AbortedTransaction::firstOffset));
    }

    /** Whether the batch has nothing for a reader: it belongs to an aborted transaction, or it is a control batch. */
    public boolean skip(RecordBatch batch) {
        if (batch.isControl()) {
            return true;
        }
        if (!batch.isTransactional() || upcoming.isEmpty()) {
            return false;
        }
        while (next < upcoming.size() && upcoming.get(next).firstOffset() <= batch.lastOffset()) {
            AbortedTransaction begun = upcoming.get(next++);
            current.put(begun.producerId(), begun);
        }
        AbortedTransaction aborted = current.get(batch.producerId());
        // A producer has one transaction at a time, so what is behind the marker is another one.
        return aborted != null && batch.lastOffset() < aborted.lastOffset();
    }
}
