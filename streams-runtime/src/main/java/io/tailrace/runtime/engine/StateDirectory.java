package io.tailrace.runtime.engine;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tailrace.errors.LockException;
import io.tailrace.errors.ProcessorStateException;
import io.tailrace.log.api.EventLog;
import io.tailrace.processor.TaskId;
import io.tailrace.runtime.config.StreamsConfig;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where one application keeps the files of its stores: {@code <state.dir>/<application.id>/<task>/...}. While it is held, no
 * other application of that id can have it, in this process or another. Any thread.
 */
public final class StateDirectory implements AutoCloseable {
    private static final String LOCK_FILE = ".lock";

    /**
     * Directories held in this process. They are kept here because POSIX file locks do not hold within a process: to open and
     * close the lock file a second time would even release the lock. Guarded by itself.
     */
    private static final Set<Path> HELD = new HashSet<>();

    private final Path directory;
    private final boolean temporary;
    private final FileChannel channel;
    private boolean closed; // guarded by this

    private StateDirectory(Path directory, boolean temporary, FileChannel channel) {
        this.directory = directory;
        this.temporary = temporary;
        this.channel = channel;
    }

    /**
     * Where the application's state is: below {@code state.dir}; else beside the records in the log's directory; else, for a
     * log in memory, in a temporary directory that belongs to this log and this process.
     */
    public static Path locate(StreamsConfig config, EventLog log) {
        Path base = config.stateDir()
                .or(() -> log.directory().map(directory -> directory.resolve("state")))
                .orElseGet(() -> temporaryBase(log));
        return base.resolve(config.applicationId()).toAbsolutePath().normalize();
    }

    private static Path temporaryBase(EventLog log) {
        String name =
                "tailrace-" + ProcessHandle.current().pid() + "-" + Integer.toHexString(System.identityHashCode(log));
        return Path.of(System.getProperty("java.io.tmpdir"), name);
    }

    /** @throws LockException when an application of that id has it already; names the process */
    static StateDirectory hold(StreamsConfig config, EventLog log) {
        Path directory = locate(config, log);
        boolean temporary = config.stateDir().isEmpty() && log.directory().isEmpty();
        synchronized (HELD) {
            if (HELD.contains(directory)) {
                throw inUse(directory, ProcessHandle.current().pid() + ", which is this one");
            }
            StateDirectory held = new StateDirectory(directory, temporary, lock(directory, config.applicationId()));
            HELD.add(directory);
            return held;
        }
    }

    /** The lock file says which process has it, whose state this is, and of which log: a line each. */
    private static FileChannel lock(Path directory, String applicationId) {
        Path file = directory.resolve(LOCK_FILE);
        FileChannel channel = null;
        try {
            Files.createDirectories(directory);
            channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            FileLock lock = channel.tryLock();
            if (lock == null) {
                String holder = line(file, 0);
                channel.close();
                throw inUse(directory, holder.isEmpty() ? "that did not write its id" : holder);
            }
            String owner = line(file, 1);
            if (!owner.isEmpty() && !owner.equals(applicationId)) {
                channel.close();
                throw new ProcessorStateException(
                        "state directory " + directory + " has the state of application '" + owner
                                + "', not of '" + applicationId
                                + "': it was copied or renamed. Put it back, or delete it: then the"
                                + " state of '" + applicationId + "' is restored from its changelogs");
            }
            write(channel, applicationId, line(file, 2));
            return channel;
        } catch (IOException e) {
            ProcessorStateException failure =
                    new ProcessorStateException("state directory " + directory + " cannot be used: " + e, e);
            closeAfter(failure, channel);
            throw failure;
        }
    }

    private static void write(FileChannel channel, String applicationId, String logId) throws IOException {
        String content = ProcessHandle.current().pid() + "\n" + applicationId + "\n" + logId + "\n";
        channel.truncate(0);
        channel.write(ByteBuffer.wrap(content.getBytes(UTF_8)), 0);
    }

    /**
     * Says of which log this is the state. A log in memory never comes back, so that is deleted for it which another one has left.
     *
     * @param logId of the log that the application runs on
     * @throws ProcessorStateException when it is that of another log: its offsets would mean nothing here
     */
    void claim(String applicationId, String logId, boolean inMemory) {
        Path file = directory.resolve(LOCK_FILE);
        try {
            String owner = line(file, 2);
            if (owner.equals(logId)) {
                return;
            }
            if (!owner.isEmpty() && !inMemory) {
                throw new ProcessorStateException("state directory " + directory + " has the state of application '"
                        + applicationId + "' on another log: it was copied, or the log was made anew. Put it back, or"
                        + " delete it: then the state is restored from the changelogs of this log");
            }
            if (!owner.isEmpty()) {
                deleteTasks();
            }
            write(channel, applicationId, logId);
        } catch (IOException e) {
            throw new ProcessorStateException("state directory " + directory + " cannot be used: " + e, e);
        }
    }

    /** Empty when the file has fewer. */
    private static String line(Path file, int number) throws IOException {
        return Files.readString(file).lines().skip(number).findFirst().orElse("");
    }

    private static void closeAfter(Exception failure, @Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
    }

    private static LockException inUse(Path directory, String holder) {
        return new LockException("state directory " + directory + " is held by process " + holder
                + ": an application of this id runs there; close it first, or use another application.id or state.dir");
    }

    /** Where a task keeps its stores; need not exist. */
    public Path of(TaskId task) {
        return directory.resolve(task.toString());
    }

    /**
     * Deletes all state of an application that does not run.
     *
     * @throws LockException when it runs
     */
    public static void delete(StreamsConfig config, EventLog log) {
        delete(config, log, () -> {});
    }

    /**
     * Deletes all state of an application that does not run.
     *
     * @param before done first, while the application cannot be started
     * @throws LockException when it runs
     */
    public static void delete(StreamsConfig config, EventLog log, Runnable before) {
        StateDirectory held = hold(config, log);
        try {
            before.run();
            held.deleteTasks();
        } finally {
            held.close();
        }
        deleteIfEmpty(held.directory);
    }

    private void deleteTasks() {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> deepestFirst = new ArrayList<>(files.toList());
            Collections.reverse(deepestFirst);
            for (Path file : deepestFirst) {
                if (!file.equals(directory) && !file.equals(directory.resolve(LOCK_FILE))) {
                    Files.delete(file);
                }
            }
        } catch (IOException e) {
            throw new ProcessorStateException("state in " + directory + " cannot be deleted: " + e, e);
        }
    }

    private static void deleteIfEmpty(Path directory) {
        try {
            Files.deleteIfExists(directory.resolve(LOCK_FILE));
            Files.deleteIfExists(directory);
        } catch (IOException e) {
            throw new ProcessorStateException("directory " + directory + " cannot be deleted: " + e, e);
        }
    }

    /** Lets others have it; a temporary one is deleted. A second call does nothing. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            if (temporary) {
                deleteTasks();
                Files.deleteIfExists(directory.resolve(LOCK_FILE));
                Files.deleteIfExists(directory);
                Path base = directory.getParent();
                if (base != null && isEmpty(base)) {
                    Files.deleteIfExists(base);
                }
            }
            channel.close();
        } catch (IOException e) {
            throw new ProcessorStateException("state directory " + directory + " cannot be closed: " + e, e);
        } finally {
            synchronized (HELD) {
                HELD.remove(directory);
            }
        }
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.findAny().isEmpty();
        }
    }

    @Override
    public String toString() {
        return directory.toString();
    }
}
