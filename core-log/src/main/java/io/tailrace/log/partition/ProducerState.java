package io.tailrace.log.partition;

import io.tailrace.log.record.BatchLayout;
import io.tailrace.log.record.ProducerStamp;
import io.tailrace.log.record.RecordBatch;

/**
 * What a partition remembers of one idempotent producer: its epoch, its last batches to recognize a repeated one, and the
 * transaction that is open.
 *
 * <p><b>Owner:</b> the partition's writer, under its lock.
 */
final class ProducerState {
    /** As many as a producer of Kafka may have under way. */
    static final int BATCHES = 5;
    /** The offset of what is not there: a batch, a transaction. */
    static final long NONE = -1;
    /** The epoch of a producer, or of a coordinator, of which nothing is known. */
    static final int UNKNOWN_EPOCH = -1;

    private final long producerId;
    private short epoch = UNKNOWN_EPOCH;
    private int coordinatorEpoch = UNKNOWN_EPOCH;
    private long lastTimestamp = NONE;
    private long transactionOffset = NONE;
    private boolean used; // since somebody asked for the idle time
    private long idleSinceMs;

    // A ring; the batch number i is at i % BATCHES.
    private final long[] lastOffsets = new long[BATCHES];
    private final int[] offsetDeltas = new int[BATCHES];
    private final int[] lastSequences = new int[BATCHES];
    private int batches; // in the ring
    private int newest; // its place in the ring

    ProducerState(long producerId) {
        this.producerId = producerId;
    }

    long producerId() {
        return producerId;
    }

    short epoch() {
        return epoch;
    }

    int coordinatorEpoch() {
        return coordinatorEpoch;
    }

    /** Largest timestamp of the last batch, or that of the last marker. */
    long lastTimestamp() {
        return lastTimestamp;
    }

    /** Of the first record of the open transaction; {@link #NONE} when there is none. */
    long transactionOffset() {
        return transactionOffset;
    }

    boolean inTransaction() {
        return transactionOffset != NONE;
    }

    /** Batches of this epoch that are remembered. */
    int batches() {
        return batches;
    }

    /** Of the last record of a remembered batch; 0 is the newest. */
    long lastOffset(int age) {
        return lastOffsets[place(age)];
    }

    /** Offsets behind the first of a remembered batch; 0 is the newest. */
    int offsetDelta(int age) {
        return offsetDeltas[place(age)];
    }

    /** Of the last record of a remembered batch, 0 is the newest; {@link BatchLayout#NO_SEQUENCE} when it is not numbered. */
    int lastSequence(int age) {
        return lastSequences[place(age)];
    }

    /** Of the last record of this epoch; {@link BatchLayout#NO_SEQUENCE} when there is none. */
    int lastSequence() {
        return batches == 0 ? BatchLayout.NO_SEQUENCE : lastSequence(0);
    }

    private int place(int age) {
        return (newest + BATCHES - age) % BATCHES;
    }

    /** The first offset that a batch of the same epoch and the same sequences got; {@link #NONE} when it is none of the last. */
    long offsetOf(RecordBatch batch) {
        if (batch.producerEpoch() == epoch) {
            int lastSequence = batch.lastSequence();
            int delta = (int) (batch.lastOffset() - batch.baseOffset());
            for (int age = 0; age < batches; age++) {
                int at = place(age);
                if (lastSequences[at] == lastSequence && offsetDeltas[at] == delta) {
                    return lastOffsets[at] - delta;
                }
            }
        }
        return NONE;
    }

    /** The sequence that the next batch of this epoch begins with. */
    int nextSequence() {
        return batches == 0 ? 0 : ProducerStamp.sequenceAfter(lastSequence(0), 1);
    }

    /** A batch is in the log now. */
    void onBatch(short batchEpoch, int lastSequence, long lastOffset, int offsetDelta, long timestamp) {
        setEpoch(batchEpoch);
        newest = (newest + 1) % BATCHES;
        batches = Math.min(batches + 1, BATCHES);
        lastOffsets[newest] = lastOffset;
        offsetDeltas[newest] = offsetDelta;
        lastSequences[newest] = lastSequence;
        lastTimestamp = timestamp;
        used = true;
    }

    void beginTransaction(long firstOffset) {
        transactionOffset = firstOffset;
    }

    /** A marker is in the log now: there is no open transaction. */
    void onMarker(short markerEpoch, int newCoordinatorEpoch, long timestamp) {
        setEpoch(markerEpoch);
        coordinatorEpoch = newCoordinatorEpoch;
        lastTimestamp = timestamp;
        transactionOffset = NONE;
        used = true;
    }

    /** The partition was opened: when the producer was at work is known only by the timestamp of its last batch. */
    void onRecovered() {
        used = false;
        idleSinceMs = lastTimestamp;
    }

    /** Since the last call that found a batch or marker before it. So an append reads no clock. */
    long idleMs(long nowMs) {
        if (used || idleSinceMs > nowMs) {
            idleSinceMs = nowMs;
            used = false;
        }
        return nowMs - idleSinceMs;
    }

    ProducerInfo info() {
        return new ProducerInfo(producerId, epoch, lastSequence(), lastTimestamp, coordinatorEpoch, transactionOffset);
    }

    private void setEpoch(short newEpoch) {
        if (newEpoch != epoch) {
            epoch = newEpoch;
            batches = 0;
        }
    }

    @Override
    public String toString() {
        return "producer " + producerId + " epoch " + epoch;
    }
}
