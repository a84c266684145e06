package io.tailrace.log.client;

import io.tailrace.log.record.ProducerStamp;

/**
 * Numbers the records of one producer in one partition. A new epoch begins at 0.
 *
 * <p><b>Owner:</b> guarded by the accumulator's lock.
 */
final class Sequence {
    private static final long NOBODY = -1;

    private long producerId = NOBODY;
    private short epoch;
    private int next;

    /** For the batch to be appended next; the same again until {@link #advance}. */
    ProducerStamp stamp(long newProducerId, short newEpoch, boolean transactional) {
        if (producerId != newProducerId || epoch != newEpoch) {
            producerId = newProducerId;
            epoch = newEpoch;
            next = 0;
        }
        return new ProducerStamp(producerId, epoch, next, transactional);
    }

    /** The batch is in the log. */
    void advance(int records) {
        next = ProducerStamp.sequenceAfter(next, records);
    }
}
