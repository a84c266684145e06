package io.tailrace.query;

/**
 * A question to a state store. Immutable.
 *
 * @param <R> type of the answer of one partition
 */
public interface Query<R> {}
