package io.tailrace.log.record;

/**
 * What a control batch says about the transaction of its producer.
 *
 * @param commit whether the records before it count; otherwise they were aborted
 * @param coordinatorEpoch of the coordinator that decided: a marker of an older one is refused
 */
public record EndTransactionMarker(boolean commit, int coordinatorEpoch) {}
