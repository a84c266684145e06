package io.tailrace.log.record.compress;

import java.io.OutputStream;
import java.util.Objects;

/**
 * Collects bytes in an array of a fixed size that is used again. What does not fit is dropped and remembered as such, so a
 * codec that makes things larger costs no memory.
 *
 * <p><b>Owner:</b> one thread.
 */
final class BoundedOutput extends OutputStream {
    private final byte[] target;
    private final int end;
    private int at;
    private boolean overflown;

    BoundedOutput(byte[] target, int from, int end) {
        Objects.checkFromToIndex(from, end, target.length);
        this.target = target;
        this.at = from;
        this.end = end;
    }

    @Override
    public void write(int value) {
        if (at < end) {
            target[at++] = (byte) value;
        } else {
            overflown = true;
        }
    }

    @Override
    public void write(byte[] source, int from, int length) {
        if (length <= end - at) {
            System.arraycopy(source, from, target, at, length);
            at += length;
        } else {
            at = end;
            overflown = true;
        }
    }

    /** The index behind the last byte; -1 when not all of them fitted. */
    int written() {
        return overflown ? -1 : at;
    }
}
