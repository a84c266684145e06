package io.tailrace.log.catalog;

import io.tailrace.common.Time;
import io.tailrace.common.errors.NotALogException;
import io.tailrace.log.storage.Storage;
import java.time.Instant;
import java.util.Map;

/**
 * The file {@code tailrace.json}, which says that a directory is a log. A directory that has other files but not this one is
 * left alone, so that a mistyped path never fills somebody's home with partitions.
 */
public final class LogMarker {
    /** Of the file. */
    public static final String NAME = "tailrace.json";

    private static final int FORMAT_VERSION = 1;

    private LogMarker() {}

    /**
     * Changes nothing.
     *
     * @throws NotALogException when the directory has files but no marker
     * @throws io.tailrace.common.errors.StorageException when the log has a format that this release does not read
     */
    public static void check(Storage storage) {
        JsonFile file = file(storage);
        if (file.exists()) {
            file.read();
        } else if (!storage.list("").stream().allMatch(name -> name.equals(NAME + ".tmp"))) { // left by a crash
            throw new NotALogException(JsonFile.nameOf(storage), "files but no " + NAME);
        }
    }

    /** Marks an empty directory as a log, after {@link #check} and under the directory's lock. */
    public static void create(Storage storage, Time time) {
        JsonFile file = file(storage);
        if (!file.exists()) {
            String created = Instant.ofEpochMilli(time.milliseconds()).toString(); // for people: ISO-8601, UTC
            file.write(Map.of("created", created));
        }
    }

    /** Whether the storage is marked as a log, be the marker damaged or not. */
    public static boolean exists(Storage storage) {
        return file(storage).exists();
    }

    private static JsonFile file(Storage storage) {
        return new JsonFile(storage, NAME, FORMAT_VERSION);
    }
}
