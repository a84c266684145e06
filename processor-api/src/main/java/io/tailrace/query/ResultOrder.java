package io.tailrace.query;

/** The order that a query wants of its results. */
public enum ResultOrder {
    /** Whatever costs the store least. */
    ANY,
    ASCENDING,
    DESCENDING
}
