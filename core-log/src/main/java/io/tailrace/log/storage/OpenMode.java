package io.tailrace.log.storage;

/** How {@link Storage#open} treats a file that is missing. Both modes read and write. */
public enum OpenMode {
    /** Opens the file, and makes an empty one when there is none. Its directory must exist. */
    READ_WRITE,
    /** Opens the file; a missing one is a {@link io.tailrace.common.errors.StorageException}. */
    EXISTING
}
