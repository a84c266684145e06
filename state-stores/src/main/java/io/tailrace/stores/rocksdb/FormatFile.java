package io.tailrace.stores.rocksdb;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.tailrace.errors.ProcessorStateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Says beside a RocksDB how our stores are laid out in it: one line with the number of the format. Where it is missing or
 * empty, which a power cut can do, it is the first format, the only one so far. What changes within one store is
 * named by the store's layout instead, and such a store is built again from its changelog.
 */
final class FormatFile {
    static final String NAME = "tailrace-format";
    static final int FORMAT = 1;

    private FormatFile() {}

    /** @throws ProcessorStateException when the directory was written in a format that this version does not know */
    static void check(Path directory, String storeName) {
        Path file = directory.resolve(NAME);
        String text;
        try {
            if (!Files.exists(file)) {
                Files.writeString(file, FORMAT + "\n", US_ASCII);
            }
            text = Files.readString(file, US_ASCII).trim();
        } catch (IOException e) {
            throw new ProcessorStateException(
                    "store '" + storeName + "' cannot read or write " + file + ": " + e
                            + ". Check that the state directory can be written",
                    e);
        }
        if (!text.isEmpty() && !text.equals(Integer.toString(FORMAT))) {
            throw new ProcessorStateException("store '" + storeName + "' cannot use " + directory + ": " + NAME
                    + " says format '" + text + "', and this version of Tailrace knows format " + FORMAT
                    + " only. Run the version that wrote it, or delete the directory: the stores are then restored from their"
                    + " changelogs (one without a changelog starts empty)");
        }
    }
}
