package io.tailrace.cli.tools;

import io.tailrace.cli.console.CommandException;
import io.tailrace.common.errors.NotALogException;
import io.tailrace.log.EmbeddedLog;
import io.tailrace.log.catalog.LogMarker;
import io.tailrace.log.catalog.TopicCatalog;
import io.tailrace.log.storage.FileStorage;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/** The option {@code --data}, and the ways to open what it names. */
@SuppressWarnings("NullAway.Init") // injected by picocli
final class DataDirectory {
    @Option(names = "--data", paramLabel = "DIR", required = true, description = "The directory of the log.")
    private Path path;

    Path path() {
        return path;
    }

    /** Opens a log that is there. */
    EmbeddedLog open() {
        if (!Files.isRegularFile(path.resolve(LogMarker.NAME))) {
            if (!Files.exists(path)) {
                throw new CommandException("there is no data directory " + path + "; give the directory of a log");
            }
            throw new NotALogException(path.toString(), "no " + LogMarker.NAME + " in it");
        }
        return EmbeddedLog.open(path);
    }

    /** Opens the log; a missing or empty directory becomes a new one. */
    EmbeddedLog openOrCreate() {
        return EmbeddedLog.open(path);
    }

    /** For looking at files; makes nothing. */
    FileStorage storage() {
        if (!Files.exists(path)) {
            throw new CommandException("there is no data directory " + path + "; give the directory of a log");
        }
        FileStorage storage = FileStorage.openExisting(path);
        if (!storage.exists(LogMarker.NAME) && !storage.exists(TopicCatalog.NAME)) {
            storage.close();
            throw new NotALogException(path.toString(), "no " + LogMarker.NAME + " in it");
        }
        return storage;
    }
}
