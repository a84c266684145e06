package io.tailrace.samples.input;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** Input files that live in memory. */
public final class Inputs {
    private Inputs() {}

    public static InputFile of(String name, String text) {
        return of(name, text.getBytes(StandardCharsets.UTF_8));
    }

    public static InputFile of(String name, byte[] bytes) {
        return new InputFile(name, () -> new ByteArrayInputStream(bytes));
    }

    public static byte[] gzip(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }
}
