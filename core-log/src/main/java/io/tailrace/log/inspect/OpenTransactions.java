package io.tailrace.log.inspect;

import io.tailrace.common.errors.TailraceException;
import io.tailrace.log.record.ControlBatch;
import io.tailrace.log.record.EndTransactionMarker;
import io.tailrace.log.record.RecordBatch;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Follows the transactions of one partition from batch to batch, and so finds out what the indexes of aborted transactions
 * must hold. Owner: one thread.
 */
final class OpenTransactions {
    private final Map<Long, Long> firstOffsets = new LinkedHashMap<>(); // by producer id, the oldest first

    /** What is added to the index by a batch; null for nearly all batches. */
    @Nullable
    AbortedEntry onBatch(RecordBatch batch) {
        if (!batch.isTransactional()) {
            return null;
        }
        if (!batch.isControl()) {
            firstOffsets.putIfAbsent(batch.producerId(), batch.baseOffset());
            return null;
        }
        EndTransactionMarker marker = markerOf(batch);
        if (marker == null) {
            return null;
        }
        Long firstOffset = firstOffsets.remove(batch.producerId());
        if (firstOffset == null || marker.commit()) {
            return null;
        }
        long stable =
                firstOffsets.values().stream().mapToLong(Long::longValue).min().orElse(batch.lastOffset() + 1);
        return new AbortedEntry(batch.producerId(), firstOffset, batch.lastOffset(), stable);
    }

    private static @Nullable EndTransactionMarker markerOf(RecordBatch batch) {
        try {
            return ControlBatch.marker(batch);
        } catch (TailraceException e) {
            return null; // a control record of a kind that only Kafka knows ends no transaction
        }
    }

    /** Transactions that have not ended so far: producer id and first offset. */
    Map<Long, Long> open() {
        return Map.copyOf(firstOffsets);
    }

    /** Of {@link #open}, as text for a person. */
    List<String> describe() {
        List<String> texts = new ArrayList<>();
        firstOffsets.forEach((producer, offset) -> texts.add("producer " + producer + " from offset " + offset));
        return texts;
    }
}
