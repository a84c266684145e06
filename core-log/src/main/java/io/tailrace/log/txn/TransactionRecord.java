package io.tailrace.log.txn;

import org.jspecify.annotations.Nullable;

/**
 * One change, as it is stored in {@code __transaction_state}.
 *
 * @param transaction null: the transactional id is forgotten (a tombstone)
 */
public record TransactionRecord(
        String transactionalId, @Nullable Transaction transaction) {

    static TransactionRecord of(Transaction transaction) {
        return new TransactionRecord(transaction.transactionalId(), transaction);
    }
}
