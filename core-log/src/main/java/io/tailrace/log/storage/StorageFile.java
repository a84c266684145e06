package io.tailrace.log.storage;

import java.io.Closeable;
import java.nio.ByteBuffer;

/**
 * One open file: bytes at positions, from 0.
 *
 * <p><b>Threads:</b> one writer ({@link #write}, {@link #truncate}) at a time, and any number of readers beside it; a
 * reader sees what was written before the writer told it so (by any safe publication). An interrupted thread neither
 * fails nor harms the file for others; its interrupt status stays set. <b>Owner:</b> whoever opened it closes it.
 *
 * <p><b>Errors:</b> every method throws {@link io.tailrace.common.errors.StorageException} when the medium refuses, or
 * when the file is closed.
 */
public interface StorageFile extends Closeable {

    /**
     * Writes all remaining bytes of {@code source} at {@code position} and consumes them. Bytes between the end of the
     * file and a position behind it become zero. When it returns, the bytes survive a crash of the process; when it
     * throws, any part of them may have been written.
     */
    void write(ByteBuffer source, long position);

    /**
     * Reads from {@code position} until {@code target} is full or the file ends.
     *
     * @return bytes read; less than were asked for, or 0, only at the end of the file
     */
    int read(ByteBuffer target, long position);

    /** In bytes. */
    long size();

    /** Cuts the file to {@code size} bytes; does nothing when it is not longer. */
    void truncate(long size);

    /** Returns when everything written so far is on the device and survives a power loss. */
    void force();

    /** A second call does nothing. */
    @Override
    void close();
}
