package io.tailrace.log.txn;

import org.jspecify.annotations.Nullable;

/**
 * How far a transaction has come. Names and numbers are Kafka's.
 *
 * <pre>
 *   EMPTY --first partition--> ONGOING --commit--> PREPARE_COMMIT --all markers--> COMPLETE_COMMIT --+
 *                                 |  +---abort---> PREPARE_ABORT  --all markers--> COMPLETE_ABORT  --+
 *                                 +-------------------------- first partition -----------------------+
 * </pre>
 *
 * From the PREPARE states on the outcome is decided, whatever happens.
 */
public enum TransactionState {
    /** The transactional id has a producer, which has written nothing. */
    EMPTY(0),
    /** Partitions take part. */
    ONGOING(1),
    /** It is committed; markers are being written. */
    PREPARE_COMMIT(2),
    /** It is aborted; markers are being written. */
    PREPARE_ABORT(3),
    /** Committed, with all markers. */
    COMPLETE_COMMIT(4),
    /** Aborted, with all markers. */
    COMPLETE_ABORT(5),
    /** Kafka's, on the way to being forgotten; never stored. */
    DEAD(6),
    /** Kafka's, while a coordinator fences a producer; never stored. */
    PREPARE_EPOCH_FENCE(7);

    private final byte id;

    TransactionState(int id) {
        this.id = (byte) id;
    }

    /** The number in stored records. */
    public byte id() {
        return id;
    }

    static @Nullable TransactionState byId(byte id) {
        return id >= 0 && id < values().length ? values()[id] : null;
    }

    /** Whether the outcome is decided and markers are still to be written. */
    public boolean isPrepared() {
        return this == PREPARE_COMMIT || this == PREPARE_ABORT;
    }

    /** Whether no transaction is open and a new one may begin. */
    public boolean isIdle() {
        return this == EMPTY || this == COMPLETE_COMMIT || this == COMPLETE_ABORT;
    }
}
