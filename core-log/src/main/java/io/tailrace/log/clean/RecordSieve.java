package io.tailrace.log.clean;

import io.tailrace.log.partition.PartitionHistory;
import io.tailrace.log.record.BatchReducer;
import io.tailrace.log.record.RecordBatch;
import io.tailrace.log.record.RecordCursor;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Decides what stays of a batch: the records that are the last of their key, tombstones and markers until their time has come,
 * and the header of the last batch of each producer, whose sequence the next one must follow. The rules are those of Kafka's
 * log cleaner and of KIP-534.
 *
 * <p><b>Owner:</b> one thread; batches come in the order of their offsets.
 */
final class RecordSieve {
    private final OffsetMap lastOffsets;
    private final long endOffset;
    private final CleanedTransactions transactions;
    private final Map<Long, PartitionHistory.LastBatch> lastBatches;
    private final long nowMs;
    private final long newHorizonMs;
    private final BatchReducer reducer = new BatchReducer();

    /**
     * @param lastOffsets of each key, of the records before {@code endOffset}
     * @param lastBatches of each producer
     * @param newHorizonMs until when tombstones stay that are seen for the first time
     */
    RecordSieve(
            OffsetMap lastOffsets,
            long endOffset,
            CleanedTransactions transactions,
            Map<Long, PartitionHistory.LastBatch> lastBatches,
            long nowMs,
            long newHorizonMs) {
        this.lastOffsets = lastOffsets;
        this.endOffset = endOffset;
        this.transactions = transactions;
        this.lastBatches = lastBatches;
        this.nowMs = nowMs;
        this.newHorizonMs = newHorizonMs;
    }

    /**
     * What stays of a batch.
     *
     * @return the same object when all of it stays as it is, another batch with the same offsets, or null when nothing does
     */
    @Nullable
    RecordBatch sift(RecordBatch batch) {
        boolean control = batch.isControl();
        boolean discardable = control ? transactions.onControl(batch) : transactions.onData(batch);
        boolean discarded = discardable && (!control || isPast(batch.deleteHorizonMs()));
        boolean horizonNeeded = control && discardable && !discarded;
        reducer.begin();
        if (!discarded) {
            RecordCursor records = batch.records();
            while (records.next()) {
                if (control || keeps(records, batch)) {
                    reducer.keep(records);
                    horizonNeeded |= !control && records.valueLength() < 0;
                }
            }
        }
        int kept = reducer.kept();
        if (kept == 0 && !isLastOfProducer(batch)) {
            return null;
        }
        boolean newHorizon =
                kept > 0 && horizonNeeded && batch.deleteHorizonMs().isEmpty();
        if (kept == batch.count() && !newHorizon) {
            return batch;
        }
        ByteBuffer reduced = reducer.finish(batch, newHorizon ? newHorizonMs : BatchReducer.SAME_HORIZON);
        return RecordBatch.at(reduced, 0, batch.file(), batch.filePosition());
    }

    private boolean isPast(OptionalLong horizonMs) {
        return horizonMs.isPresent() && horizonMs.getAsLong() <= nowMs;
    }

    private boolean keeps(RecordCursor record, RecordBatch batch) {
        if (record.offset() >= endOffset) {
            return true;
        }
        ByteBuffer key = record.keyBuffer();
        if (key == null) {
            return false; // from before the topic was compacted: nothing says what would replace it
        }
        return record.offset() >= lastOffsets.get(key)
                && (record.valueLength() >= 0 || !isPast(batch.deleteHorizonMs()));
    }

    private boolean isLastOfProducer(RecordBatch batch) {
        PartitionHistory.LastBatch last = batch.hasProducer() ? lastBatches.get(batch.producerId()) : null;
        if (last == null) {
            return false;
        }
        return last.dataOffset() >= 0
                ? batch.lastOffset() == last.dataOffset()
                : batch.isControl() && batch.producerEpoch() == last.epoch();
    }
}
