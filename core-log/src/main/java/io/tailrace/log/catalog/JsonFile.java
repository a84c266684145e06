package io.tailrace.log.catalog;

import io.tailrace.common.errors.StorageException;
import io.tailrace.log.storage.Storage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.core.JacksonException;

/** A small JSON file that begins with its {@code formatVersion}, read and written as a whole. */
final class JsonFile {
    private static final String VERSION_FIELD = "formatVersion";

    private final Storage storage;
    private final String name;
    private final int formatVersion;

    JsonFile(Storage storage, String name, int formatVersion) {
        this.storage = storage;
        this.name = name;
        this.formatVersion = formatVersion;
    }

    boolean exists() {
        return storage.exists(name);
    }

    /** @throws StorageException when the file is of another format version or damaged */
    JsonObject read() {
        Object content;
        try {
            content = Json.read(storage.readAllBytes(name));
        } catch (JacksonException e) {
            throw new StorageException("read", path(), e);
        }
        if (!(content instanceof Map<?, ?> fields)) {
            throw new StorageException(
                    path(), "found something else than a JSON object; restore the file from a backup");
        }
        JsonObject object = new JsonObject(path(), fields);
        int found = object.integer(VERSION_FIELD);
        if (found != formatVersion) {
            throw new StorageException(
                    path(),
                    "format version " + found + ", this release reads " + formatVersion
                            + "; open the log with the release that wrote it");
        }
        return object;
    }

    /** @param fields all but the version */
    void write(Map<String, ?> fields) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put(VERSION_FIELD, formatVersion);
        content.putAll(fields);
        storage.writeAtomically(name, Json.write(content));
    }

    /** For messages. */
    String path() {
        return nameOf(storage) + "/" + name;
    }

    /** The directory of a log, or "memory". */
    static String nameOf(Storage storage) {
        return storage.directory().map(Path::toString).orElse("memory");
    }
}
