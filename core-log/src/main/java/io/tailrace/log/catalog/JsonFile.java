package io.tailrace.log.catalog;

import io.tailrace.common.errors.StorageException;
import io.tailrace.common.json.Json;
import io.tailrace.log.storage.Storage;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.zip.CRC32C;
import tools.jackson.core.JacksonException;

/**
 * A small JSON file that begins with its {@code formatVersion} and ends with a {@code checksum}, read and written as a whole.
 *
 * <p>The checksum is the CRC-32C, in hexadecimal digits, of the other fields as {@link Json#write} writes them: a partition
 * count that lost a bit would still be a count, and would send every key somewhere else. White space does not count.
 */
final class JsonFile {
    private static final String VERSION_FIELD = "formatVersion";
    private static final String CHECKSUM_FIELD = "checksum";

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
        checkSum(object);
        return object;
    }

    private void checkSum(JsonObject object) {
        String stored = object.string(CHECKSUM_FIELD);
        Map<String, Object> others = new LinkedHashMap<>();
        object.fields().forEach((key, value) -> others.put(String.valueOf(key), value));
        others.remove(CHECKSUM_FIELD);
        String computed = checksum(others);
        if (!stored.equals(computed)) {
            throw new StorageException(
                    path(),
                    "found fields of the checksum " + computed + ", expected " + stored
                            + ", which is stored: the file was damaged or edited; restore it from a backup, or copy the log"
                            + " by 'tailrace log salvage'");
        }
    }

    private static String checksum(Map<String, ?> fields) {
        CRC32C crc = new CRC32C();
        crc.update(Json.write(fields));
        return String.format(Locale.ROOT, "%08x", crc.getValue());
    }

    /** @param fields all but the version and the checksum */
    void write(Map<String, ?> fields) {
        Map<String, Object> content = new LinkedHashMap<>();
        content.put(VERSION_FIELD, formatVersion);
        content.putAll(fields);
        content.put(CHECKSUM_FIELD, checksum(content));
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
