package io.tailrace.samples.input;

import io.tailrace.samples.FileFailure;
import io.tailrace.samples.SampleException;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/**
 * A text file to be loaded, plain or gzip; which one is told by its first two bytes, not by its name.
 *
 * @param name as the user wrote it
 */
public record InputFile(String name, ByteSource source) {
    private static final int QUOTED_BYTES = 60;

    /** Opens the bytes of the file, again and again. */
    @FunctionalInterface
    public interface ByteSource {
        InputStream open() throws IOException;
    }

    public static InputFile of(Path path) {
        return new InputFile(path.toString(), () -> {
            if (Files.exists(path) && !Files.isRegularFile(path)) {
                throw new IOException("it is not a regular file");
            }
            return Files.newInputStream(path);
        });
    }

    /** A file that is shipped beside a class. */
    public static InputFile shipped(Class<?> beside, String name) {
        return new InputFile(name, () -> {
            InputStream in = beside.getResourceAsStream(name);
            if (in == null) {
                throw new IOException("it is missing from this build of the samples");
            }
            return in;
        });
    }

    /** The uncompressed bytes, to be closed by the caller. */
    public InputStream open() throws IOException {
        InputStream raw = source.open();
        try {
            PushbackInputStream in = new PushbackInputStream(raw, 2);
            byte[] magic = in.readNBytes(2);
            in.unread(magic);
            boolean gzip = magic.length == 2 && (magic[0] & 0xff) == 0x1f && (magic[1] & 0xff) == 0x8b;
            return gzip ? new GZIPInputStream(in, 64 * 1024) : in;
        } catch (IOException e) {
            raw.close();
            throw e;
        }
    }

    /** The lines, to be closed by the caller. */
    public LineReader lines() {
        try {
            return new LineReader(name, open());
        } catch (IOException e) {
            throw failure(name, 0, e);
        }
    }

    /**
     * Reads the whole file once, so that what is found wrong is found before anything is loaded.
     *
     * @param header what the first line must be; "" for a file without a header
     * @throws SampleException when the file cannot be read to its end, has no line or another header
     */
    public ScannedFile scan(String header) {
        try (LineReader lines = lines()) {
            Line line = lines.next();
            if (line == null) {
                throw new SampleException("input " + name + " is empty");
            }
            boolean hasHeader = !header.isEmpty();
            if (hasHeader && !header.equals(text(line))) {
                throw new SampleException("input " + name + ": the first line is '" + quoted(line)
                        + "', expected the header '" + header + "'");
            }
            long count = hasHeader ? 0 : 1;
            long longest = hasHeader ? 0 : line.length();
            for (line = lines.next(); line != null; line = lines.next()) {
                count++;
                longest = Math.max(longest, line.length());
            }
            if (count == 0) {
                throw new SampleException("input " + name + " has a header but no line below it: nothing to load");
            }
            return new ScannedFile(this, hasHeader, lines.contentId(), count, longest);
        }
    }

    /** What went wrong while reading, and how far it went right. */
    static SampleException failure(String name, long lines, IOException cause) {
        if (cause instanceof EOFException) {
            return damaged(name, "the gzip data ends in the middle", lines, cause);
        }
        if (cause instanceof ZipException) {
            return damaged(name, "the gzip data is damaged (" + cause.getMessage() + ")", lines, cause);
        }
        return FileFailure.of(lines == 0 ? "input " + name : "input " + name + " after line " + lines, cause);
    }

    private static SampleException damaged(String name, String what, long lines, IOException cause) {
        return new SampleException(
                "input " + name + ": " + what + ", after " + lines + " lines; get the whole file and run again", cause);
    }

    private static String text(Line line) {
        return new String(line.bytes(), StandardCharsets.UTF_8);
    }

    private static String quoted(Line line) {
        String text = text(line).replaceAll("\\p{Cntrl}", "?");
        return text.length() <= QUOTED_BYTES ? text : text.substring(0, QUOTED_BYTES) + "...";
    }
}
