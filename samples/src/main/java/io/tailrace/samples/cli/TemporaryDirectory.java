package io.tailrace.samples.cli;

import io.tailrace.samples.FileFailure;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** A new directory that is deleted with all its content on close, or when the program is interrupted. */
final class TemporaryDirectory implements AutoCloseable {
    private static final int ATTEMPTS = 100;

    private final Path path;
    private final Thread onInterrupt = new Thread(this::delete, "delete-temporary-directory");

    private TemporaryDirectory(Path path) {
        this.path = path;
    }

    static TemporaryDirectory create(String prefix) {
        try {
            TemporaryDirectory directory = new TemporaryDirectory(Files.createTempDirectory(prefix));
            Runtime.getRuntime().addShutdownHook(directory.onInterrupt);
            return directory;
        } catch (IOException e) {
            throw FileFailure.of("temporary directory", e);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException e) {
            return; // interrupted just now: the hook deletes
        }
        delete();
    }

    /** Tries several times: when the program is interrupted, its threads still write while we delete. */
    private void delete() {
        for (int left = ATTEMPTS; left > 0; left--) {
            try {
                deleteOnce();
                return;
            } catch (IOException e) {
                if (left == 1) {
                    throw FileFailure.of("temporary directory " + path, e);
                }
            }
        }
    }

    private void deleteOnce() throws IOException {
        try (Stream<Path> found = Files.walk(path)) {
            List<Path> deepestFirst = found.sorted(Comparator.reverseOrder()).toList();
            for (Path each : deepestFirst) {
                Files.deleteIfExists(each);
            }
        } catch (UncheckedIOException e) {
            throw new IOException(e.getMessage(), e.getCause());
        }
    }
}
