package io.tailrace.query;

/** Why one partition of a store has no answer. */
public enum FailureReason {
    /** The store does not know such queries; asking again does not help. */
    UNKNOWN_QUERY_TYPE,

    /** The query wants the active copy of the partition, and that one is not running now. */
    NOT_ACTIVE,

    /** The store has not come as far as the query's {@link PositionBound} wants; it may have soon. */
    NOT_UP_TO_BOUND,

    /** The partition is not open now, for instance because it is being restored; ask again later. */
    NOT_PRESENT,

    /** The store has no such partition; asking again does not help. */
    DOES_NOT_EXIST,

    /** The store failed; the message says how. */
    STORE_EXCEPTION
}
