package io.tailrace.log.partition;

/**
 * What is known of a partition before it is opened.
 *
 * @param clean whether the log was closed in order: everything was forced, nothing has to be scanned
 * @param recoveryPoint every record before this offset was forced to the device at some time
 */
public record RecoveryStart(boolean clean, long recoveryPoint) {
    /** Nothing: every segment is scanned. */
    public static final RecoveryStart UNKNOWN = new RecoveryStart(false, 0);
}
