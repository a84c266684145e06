package io.tailrace.common.errors;

import java.io.Serial;
import java.util.OptionalLong;

/**
 * Stored bytes are not what was written: a checksum, a length or a field disagrees. Names the file and the position, in
 * bytes from its start, of the batch or entry that is damaged.
 */
public final class CorruptRecordException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final long UNKNOWN = -1;

    private final String file;
    private final long position;
    private final long nextOffset;

    /**
     * @param position in bytes from the start of the file
     * @param found what the bytes say, for example {@code "CRC-32C 0x1f"}; never the payload itself
     */
    public CorruptRecordException(String file, long position, String found, String expected) {
        this(file, position, found, expected, UNKNOWN);
    }

    /** @param nextOffset of the first record behind the damage */
    public CorruptRecordException(String file, long position, String found, String expected, long nextOffset) {
        super(file + " at " + position + ": found " + found + ", expected " + expected);
        this.file = file;
        this.position = position;
        this.nextOffset = nextOffset;
    }

    public String file() {
        return file;
    }

    public long position() {
        return position;
    }

    /** Where a reader may go on: the offset of the first record behind the damage; empty when it is not known. */
    public OptionalLong nextOffset() {
        return nextOffset == UNKNOWN ? OptionalLong.empty() : OptionalLong.of(nextOffset);
    }
}
