package io.tailrace.log.partition;

/** Who appends a batch, which decides what is checked. */
public enum AppendOrigin {
    /** A producer: the batches of an idempotent one must follow each other without a gap. */
    CLIENT,
    /** A coordinator that writes into its own topic in the name of a producer: the epoch counts, records are not numbered. */
    COORDINATOR
}
