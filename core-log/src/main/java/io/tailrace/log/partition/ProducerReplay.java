package io.tailrace.log.partition;

import io.tailrace.common.errors.CorruptRecordException;
import io.tailrace.log.record.RecordBatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the batches of a segment back into the state of producers, as if they were appended now. Batches that are damaged are left
 * out.
 */
final class ProducerReplay {
    private static final Logger LOG = LoggerFactory.getLogger(ProducerReplay.class);

    private ProducerReplay() {}

    /**
     * @param fromOffset batches before it are in {@code states} already
     * @param nextSegmentOffset the offset behind the last record of the segment
     * @param aborted gets the transactions that were aborted in this segment
     */
    static void run(
            Segment segment, long fromOffset, long nextSegmentOffset, ProducerStates states, TransactionIndex aborted) {
        if (segment.end() == 0) {
            return;
        }
        SegmentScanner scanner = segment.scanner(fromOffset, nextSegmentOffset);
        while (scanner.next()) {
            StoredBatch stored = scanner.batch();
            if (stored.baseOffset() >= fromOffset) {
                RecordBatch header = segment.batches().header(stored);
                if (header.hasProducer()) {
                    replay(header.isControl() ? segment.batches().whole(stored) : header, states, aborted);
                }
            }
        }
    }

    private static void replay(RecordBatch batch, ProducerStates states, TransactionIndex aborted) {
        try {
            AbortedTransaction ended = states.on(batch);
            if (ended != null) {
                aborted.append(ended);
            }
        } catch (CorruptRecordException e) {
            LOG.warn("a control batch is left out, it was written so: {}", e.getMessage());
        }
    }
}
