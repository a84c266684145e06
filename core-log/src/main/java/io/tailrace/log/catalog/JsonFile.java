package io.tailrace.log.catalog;

import io.tailrace.common.errors.StorageException;
import io.tailrace.log.storage.Storage;
import java.util.Objects;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * A small JSON file with a {@code formatVersion}, read and written as a whole.
 *
 * @param <T> a record whose components are the file's fields, {@code int formatVersion} among them
 */
final class JsonFile<T> {
    private static final JsonMapper JSON =
            JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

    private final Storage storage;
    private final String name;
    private final Class<T> type;
    private final int formatVersion;

    JsonFile(Storage storage, String name, Class<T> type, int formatVersion) {
        this.storage = storage;
        this.name = name;
        this.type = type;
        this.formatVersion = formatVersion;
    }

    boolean exists() {
        return storage.exists(name);
    }

    /** @throws StorageException when the file is of another format version or damaged */
    T read() {
        byte[] bytes = storage.readAllBytes(name);
        try {
            JsonNode tree = JSON.readTree(bytes);
            JsonNode found = tree.path("formatVersion");
            if (!found.isInt()) {
                throw new StorageException(
                        path(), "found no number formatVersion in it; restore the file from a backup");
            }
            if (found.intValue() != formatVersion) {
                throw new StorageException(
                        path(),
                        "format version " + found.intValue() + ", this release reads " + formatVersion
                                + "; open the log with the release that wrote it");
            }
            return Objects.requireNonNull(JSON.treeToValue(tree, type), path());
        } catch (JacksonException e) {
            throw new StorageException("read", path(), e);
        }
    }

    void write(T content) {
        storage.writeAtomically(name, JSON.writeValueAsBytes(content));
    }

    private String path() {
        return LogMarker.nameOf(storage) + "/" + name;
    }
}
