package io.tailrace.common.errors;

import java.io.Serial;

/**
 * Stored bytes are not what was written: a checksum, a length or a field disagrees. Names the file and the position, in
 * bytes from its start, of the batch or entry that is damaged.
 */
public final class CorruptRecordException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String file;
    private final long position;

    /**
     * @param position in bytes from the start of the file
     * @param found what the bytes say, for example {@code "CRC-32C 0x1f"}; never the payload itself
     */
    public CorruptRecordException(String file, long position, String found, String expected) {
        super(file + " at " + position + ": found " + found + ", expected " + expected);
        this.file = file;
        this.position = position;
    }

    public String file() {
        return file;
    }

    public long position() {
        return position;
    }
}
