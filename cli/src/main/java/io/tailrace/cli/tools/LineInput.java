package io.tailrace.cli.tools;

import io.tailrace.samples.FileFailure;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Lines as bytes, so that nothing is lost of what is not UTF-8. A line ends with LF or CR LF, the last one may end with the
 * file. Owner: one thread.
 */
final class LineInput implements AutoCloseable {
    private final String name;
    private final InputStream in;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private LineInput(String name, InputStream in) {
        this.name = name;
        this.in = new BufferedInputStream(in, 1 << 16);
    }

    static LineInput of(InputStream in) {
        return new LineInput("standard input", in);
    }

    static LineInput of(Path file) {
        try {
            return new LineInput("input " + file, Files.newInputStream(file));
        } catch (IOException e) {
            throw FileFailure.of("input " + file, e);
        }
    }

    /** For messages. */
    String name() {
        return name;
    }

    /** The next line without its end; null behind the last. */
    byte @Nullable [] next() {
        line.reset();
        try {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            while (next >= 0 && next != '\n') {
                line.write(next);
                next = in.read();
            }
        } catch (IOException e) {
            throw FileFailure.of(name, e);
        }
        byte[] bytes = line.toByteArray();
        int length = bytes.length;
        return length > 0 && bytes[length - 1] == '\r' ? Arrays.copyOf(bytes, length - 1) : bytes;
    }

    @Override
    public void close() {
        try {
            in.close();
        } catch (IOException e) {
            throw FileFailure.of(name, e);
        }
    }
}
