package io.tailrace.log.inspect;

/**
 * Something in the files of a log that is not as it should be.
 *
 * @param file path in the storage
 * @param position of the first byte concerned; {@link #WHOLE_FILE} when the file as a whole is
 * @param found for example {@code "CRC-32C 0x1f"}
 * @param expected what should be there, or what can be done
 */
public record Finding(Severity severity, String file, long position, String found, String expected) {
    /** A position that is none. */
    public static final long WHOLE_FILE = -1;

    static Finding ofFile(Severity severity, String file, String found, String expected) {
        return new Finding(severity, file, WHOLE_FILE, found, expected);
    }

    @Override
    public String toString() {
        String where = position == WHOLE_FILE ? file : file + " at " + position;
        return where + ": found " + found + ", expected " + expected;
    }
}
