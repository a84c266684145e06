package io.tailrace.testkit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/** A directory for the state of one driver, which is deleted with it. One thread. */
final class TempDirectory implements AutoCloseable {
    private final Path path;

    TempDirectory() {
        try {
            path = Files.createTempDirectory("tailrace-test-");
        } catch (IOException e) {
            throw new UncheckedIOException("no temporary directory for the driver's state", e);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void close() {
        try (Stream<Path> files = Files.walk(path)) {
            List<Path> deepestFirst = new ArrayList<>(files.toList());
            Collections.reverse(deepestFirst);
            for (Path file : deepestFirst) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete the driver's state in " + path, e);
        }
    }
}
