package io.tailrace.samples.input;

/**
 * One line of a text file, without its line end.
 *
 * @param number as an editor counts, from 1
 * @param bytes the line; of one longer than {@link LineReader#MAX_LINE_BYTES} only the beginning
 * @param length of the whole line in bytes
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and a copy per line would cost
public record Line(long number, byte[] bytes, long length) {
    public boolean isWhole() {
        return length == bytes.length;
    }
}
