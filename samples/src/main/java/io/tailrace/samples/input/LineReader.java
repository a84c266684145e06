package io.tailrace.samples.input;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a stream of bytes into lines, in bounded memory whatever their length, and hashes what passes. It does not decode
 * text: bytes that are no text reach the caller unharmed. Lines end with LF or CR LF. Owner: one thread.
 */
public final class LineReader implements Closeable {
    /** Of a longer line this many bytes and one more are kept, so that it can be told from one that just fits. */
    public static final int MAX_LINE_BYTES = 64 * 1024;

    private static final int BUFFER_BYTES = 64 * 1024;

    private final String name;
    private final InputStream in;
    private final MessageDigest digest = sha256();
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private final byte[] kept = new byte[MAX_LINE_BYTES + 1]; // the beginning of the current line
    private int from; // buffer[from, to) is read but not yet returned
    private int to;
    private long lines;

    /** @param name of the input, for messages */
    LineReader(String name, InputStream in) {
        this.name = name;
        this.in = new DigestInputStream(in, digest);
    }

    /**
     * The next line, or null at the end.
     *
     * @throws io.tailrace.samples.SampleException when the input cannot be read on, saying how many lines were read
     */
    public @Nullable Line next() {
        int keptBytes = 0;
        long length = 0;
        byte last = 0;
        while (from < to || fill()) {
            int end = endOfLine();
            int piece = Math.min(end - from, kept.length - keptBytes);
            System.arraycopy(buffer, from, kept, keptBytes, piece);
            keptBytes += piece;
            length += end - from;
            last = end > from ? buffer[end - 1] : last;
            if (end < to) {
                from = end + 1;
                return line(keptBytes, length, last);
            }
            from = end;
        }
        return length == 0 ? null : line(keptBytes, length, last); // the last line has no line end
    }

    /** The first 8 bytes of the SHA-256 of all bytes; to be called once, after the last line. */
    long contentId() {
        return ByteBuffer.wrap(digest.digest()).getLong();
    }

    private Line line(int keptBytes, long length, byte last) {
        lines++;
        long textLength = last == '\r' ? length - 1 : length;
        return new Line(lines, Arrays.copyOf(kept, (int) Math.min(keptBytes, textLength)), textLength);
    }

    private int endOfLine() {
        int at = from;
        while (at < to && buffer[at] != '\n') {
            at++;
        }
        return at;
    }

    private boolean fill() {
        try {
            from = 0;
            to = Math.max(0, in.read(buffer));
            return to > 0;
        } catch (IOException e) {
            throw InputFile.failure(name, lines, e);
        }
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw InputFile.failure(name, lines, e);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
