package io.tailrace.log.record;

import io.tailrace.common.errors.CorruptRecordException;

/**
 * What is wrong with the bytes of a batch.
 *
 * @param found for example {@code "batch length -7"}
 * @param expected for example {@code "49..8192"}
 */
public record Defect(String found, String expected) {

    /** A checksum that does not match. */
    public static Defect crc(int stored, int computed) {
        return new Defect(
                "CRC-32C 0x" + Integer.toHexString(computed), "0x" + Integer.toHexString(stored) + ", which is stored");
    }

    /** The error for it. */
    public CorruptRecordException at(String file, long position) {
        return new CorruptRecordException(file, position, found, expected);
    }

    /**
     * The error for it, when it is known where to go on.
     *
     * @param nextOffset of the first record behind the damage
     */
    public CorruptRecordException at(String file, long position, long nextOffset) {
        return new CorruptRecordException(file, position, found, expected, nextOffset);
    }

    @Override
    public String toString() {
        return "found " + found + ", expected " + expected;
    }
}
