package io.tailrace.stores.rocksdb;

import io.tailrace.errors.ProcessorStateException;
import java.nio.file.Path;
import java.util.Locale;
import org.rocksdb.RocksDBException;
import org.rocksdb.Status;

/** Turns what RocksDB reports into our errors, with the store, the directory and what to do about it. */
final class RocksFailures {
    private RocksFailures() {}

    /** @param action what failed, as in {@code "cannot <action>"} */
    static ProcessorStateException failed(String storeName, Path directory, String action, RocksDBException cause) {
        return new ProcessorStateException(
                "store '" + storeName + "' cannot " + action + " in " + directory + ": " + cause.getMessage() + ". "
                        + advice(cause),
                cause);
    }

    private static String advice(RocksDBException cause) {
        String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
        if (message.contains("lock file") || message.contains("lock hold")) {
            return "Another application, or an instance of this one, has it open: stop it, or use another state directory";
        }
        Status status = cause.getStatus();
        if (status != null && status.getCode() == Status.Code.IOError && !message.contains("no such file")) {
            return "Check that the directory can be written and its disk is not full";
        }
        return "Its files are damaged: delete the directory, and the stores are restored from their changelogs (one without"
                + " a changelog starts empty)";
    }
}
