package io.tailrace.log;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** A log in a directory. */
class FileLogTest extends LogContracts {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    @Override
    LogHome home() {
        return options -> EmbeddedLog.open(directory.resolve("log"), options);
    }
}
