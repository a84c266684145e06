package io.tailrace.log.api;

/** What goes on in a consumer group. */
public enum GroupState {
    /** It has committed offsets but no members. */
    EMPTY,
    /** Partitions are on their way from one member to another, or wait for a member's next poll. */
    RECONCILING,
    /** Every member has what the assignment gives it. */
    STABLE
}
