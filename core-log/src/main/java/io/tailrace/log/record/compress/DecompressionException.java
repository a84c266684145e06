package io.tailrace.log.record.compress;

import java.io.Serial;

/** Compressed bytes do not expand to what they should. Checked: whoever expands knows the file and the position. */
public final class DecompressionException extends Exception {
    @Serial
    private static final long serialVersionUID = 1L;

    private final String found;
    private final String expected;

    DecompressionException(String found, String expected) {
        super("found " + found + ", expected " + expected);
        this.found = found;
        this.expected = expected;
    }

    /** What the bytes are, for example {@code "gzip bytes that do not expand (EOFException)"}. */
    public String found() {
        return found;
    }

    public String expected() {
        return expected;
    }
}
