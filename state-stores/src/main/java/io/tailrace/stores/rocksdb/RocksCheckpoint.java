package io.tailrace.stores.rocksdb;

import io.tailrace.errors.ProcessorStateException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.rocksdb.Checkpoint;
import org.rocksdb.RocksDBException;

/**
 * Copies the persistent stores of a running task as they are at a commit, with their changelog offsets, in the time it
 * takes to flush what is in memory: the files are linked, not copied, so the copy takes room only as the original moves
 * on. Put in place of a task's directory, it is restored from its offsets on. Any thread.
 */
public final class RocksCheckpoint {
    private RocksCheckpoint() {}

    /**
     * @param taskDirectory of a task that has a persistent store open in this JVM, as {@code
     *     StateStoreContext.stateDir()} says
     * @param target a directory that does not exist yet, on the same file system
     * @throws IllegalArgumentException when no store is open there, or the target exists
     * @throws ProcessorStateException when the copy cannot be written
     */
    public static void create(Path taskDirectory, Path target) {
        Path directory = taskDirectory.resolve(RocksByteStore.DIRECTORY);
        if (Files.exists(target)) {
            throw new IllegalArgumentException("the checkpoint " + target + " exists already");
        }
        String what = "checkpoint of " + taskDirectory;
        RocksInstance instance = RocksInstance.join(directory);
        if (instance == null) {
            throw new IllegalArgumentException("no persistent store is open in " + taskDirectory);
        }
        try {
            Files.createDirectories(target);
            Path copy = target.resolve(RocksByteStore.DIRECTORY);
            instance.flush();
            try (Checkpoint checkpoint = Checkpoint.create(instance.db)) {
                checkpoint.createCheckpoint(copy.toString());
            }
            FormatFile.check(copy, what);
        } catch (RocksDBException e) {
            throw RocksFailures.failed(what, target, "link its files", e);
        } catch (IOException e) {
            throw new ProcessorStateException("the " + what + " cannot make its directory " + target + ": " + e, e);
        } finally {
            instance.release(what);
        }
    }
}
