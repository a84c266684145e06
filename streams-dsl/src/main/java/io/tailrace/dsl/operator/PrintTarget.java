package io.tailrace.dsl.operator;

import io.tailrace.errors.StreamsException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * What the print operators of all tasks write to. The file is open while at least one of them is. Any thread; guarded by
 * this object, so that lines do not mix.
 */
final class PrintTarget {
    private final @Nullable Path file;
    private @Nullable PrintStream out;
    private int users;

    /** @param file appended to, or null for the standard output */
    PrintTarget(@Nullable Path file) {
        this.file = file;
    }

    synchronized void open() {
        if (out == null) {
            out = file == null ? System.out : append(file);
        }
        users++;
    }

    synchronized void println(String line) {
        if (out != null) {
            out.println(line);
        }
    }

    synchronized void close() {
        users--;
        if (users > 0 || out == null) {
            return;
        }
        if (file == null) {
            out.flush();
        } else {
            out.close();
        }
        out = null;
    }

    private static PrintStream append(Path file) {
        try {
            return new PrintStream(
                    Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                    false,
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new StreamsException("cannot open file '" + file + "' to print to it", e);
        }
    }
}
