/**
 * The files of the log, and nothing about what is in them: {@link io.tailrace.log.storage.Storage} is a small tree of
 * files under one root, {@link io.tailrace.log.storage.StorageFile} one open file. This is the only package that opens
 * files, so it is the one place where another medium, or a fault, can be put in. Two implementations: {@link
 * io.tailrace.log.storage.FileStorage} keeps a directory of the file system, {@link
 * io.tailrace.log.storage.MemoryStorage} keeps everything in the heap.
 *
 * <p>No {@link java.io.IOException} leaves this package: what the world refuses is a {@link
 * io.tailrace.common.errors.StorageException} that names the file, the operation and what to do.
 */
@NullMarked
package io.tailrace.log.storage;

import org.jspecify.annotations.NullMarked;
