package io.tailrace.log.api;

import io.tailrace.common.errors.LogFullException;
import io.tailrace.common.errors.StorageException;

/**
 * What a partition can do.
 *
 * <pre>
 *            no room                force failed
 *   Writable ------> Full    any ---------------> Failed
 *      ^              |      any ---- close -----> Closed
 *      +-- room again +
 * </pre>
 */
public sealed interface PartitionState {

    /** Reading and appending work. */
    record Writable() implements PartitionState {}

    /** The last append found no room. Reading works, and the next append tries again. */
    record Full(LogFullException cause) implements PartitionState {}

    /**
     * A force failed, so nobody knows what the device has of the records behind the last successful one. Reading works; nothing
     * is appended or forced until the log has been closed and opened again.
     */
    record Failed(StorageException cause) implements PartitionState {}

    /** Nothing works. */
    record Closed() implements PartitionState {}
}
