package io.tailrace.log.storage;

/** What {@link Storage#open} may do with a file, and what it does when the file is missing. */
public enum OpenMode {
    /** Opens the file for reading and writing, and makes an empty one when there is none. Its directory must exist. */
    READ_WRITE,
    /** Opens the file for reading and writing; a missing one is a {@link io.tailrace.common.errors.StorageException}. */
    EXISTING,
    /**
     * Opens the file for reading, which also works where nothing may be written; a missing one is a {@link
     * io.tailrace.common.errors.StorageException}. Do not write: a file system refuses it.
     */
    READ
}
