/**
 * Transactions: which transactional id has which producer id and epoch, and how far its transaction has come. {@link
 * io.tailrace.log.txn.TransactionCoordinator} is pure state: it is asked and answers with the record to store, it takes no
 * lock, reads no clock and does no I/O. The caller appends the record to the topic {@code __transaction_state} and gives it
 * back; replaying that topic rebuilds the state.
 */
@NullMarked
package io.tailrace.log.txn;

import org.jspecify.annotations.NullMarked;
