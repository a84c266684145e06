package io.tailrace.log.storage;

import io.tailrace.common.errors.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A storage whose n-th operation of a kind fails, with the error that the file system would give. What refuses is a {@link
 * Device}, so that a log that is opened again still stands on the same one.
 *
 * <p><b>Threads:</b> any.
 */
public final class FaultyStorage extends ForwardingStorage {

    /** What can fail. */
    public enum Kind {
        WRITE,
        READ,
        TRUNCATE,
        OPEN,
        CREATE_DIRECTORY,
        RENAME,
        DELETE,
        FORCE,
        FORCE_DIRECTORY
    }

    /**
     * One fault.
     *
     * @param kind what fails
     * @param number of the first operation of this kind that does, from 1
     * @param lasting whether those behind it fail as well, until {@link Device#heal}
     * @param error text of the operating system
     * @param writtenPercent how much of a write that fails is written nevertheless
     */
    public record Fault(Kind kind, int number, boolean lasting, String error, int writtenPercent) {}

    /** The device behind. */
    public static final class Device {
        private final Map<Kind, AtomicInteger> counts = new EnumMap<>(Kind.class);
        private final @Nullable Fault fault;
        private volatile boolean healed;
        private volatile boolean struck;

        /** @param fault null for none: then it counts only */
        public Device(@Nullable Fault fault) {
            this.fault = fault;
            for (Kind kind : Kind.values()) {
                counts.put(kind, new AtomicInteger());
            }
        }

        /** How many operations of a kind there were. */
        public int count(Kind kind) {
            AtomicInteger count = counts.get(kind);
            return count == null ? 0 : count.get();
        }

        /** Whether the fault has come. */
        public boolean hasStruck() {
            return struck;
        }

        /** Ends the fault, as when somebody makes room on a full disk. */
        public void heal() {
            healed = true;
        }

        /** Null when the operation may go on. */
        private @Nullable Fault next(Kind kind) {
            AtomicInteger count = counts.get(kind);
            int number = count == null ? 0 : count.incrementAndGet();
            Fault current = fault;
            if (current == null || current.kind != kind || healed) {
                return null;
            }
            boolean fails = current.lasting ? number >= current.number : number == current.number;
            struck |= fails;
            return fails ? current : null;
        }

        private void check(Kind kind, String action, String path) {
            Fault current = next(kind);
            if (current != null) {
                throw failure(current, action, path);
            }
        }

        private static StorageException failure(Fault fault, String action, String path) {
            return StorageFailure.of(action, Path.of("disk", path), new IOException(fault.error));
        }
    }

    private final Device device;

    public FaultyStorage(Storage target, Device device) {
        super(target);
        this.device = device;
    }

    @Override
    public StorageFile open(String path, OpenMode mode) {
        device.check(Kind.OPEN, "open", path);
        return new Handle(path, target.open(path, mode));
    }

    @Override
    public void delete(String path) {
        device.check(Kind.DELETE, "delete", path);
        target.delete(path);
    }

    @Override
    public void rename(String from, String to) {
        device.check(Kind.RENAME, "rename to " + to, from);
        target.rename(from, to);
    }

    @Override
    public void createDirectories(String directory) {
        if (!target.exists(directory)) {
            device.check(Kind.CREATE_DIRECTORY, "create the directory", directory);
        }
        target.createDirectories(directory);
    }

    @Override
    public void deleteDirectory(String directory) {
        device.check(Kind.DELETE, "delete", directory);
        target.deleteDirectory(directory);
    }

    @Override
    public void forceDirectory(String directory) {
        device.check(Kind.FORCE_DIRECTORY, "force the directory", directory);
        target.forceDirectory(directory);
    }

    private void forceFailed(String path) {
        if (target instanceof SimulatedDisk disk && disk.exists(path)) {
            disk.forceFailed(path);
        }
    }

    /** One opening of a file. */
    private final class Handle extends File {
        private final String path;

        Handle(String path, StorageFile file) {
            super(file);
            this.path = path;
        }

        @Override
        public void write(ByteBuffer source, long position) {
            Fault fault = device.next(Kind.WRITE);
            if (fault == null) {
                file.write(source, position);
                return;
            }
            int written = (int) (source.remaining() * (long) fault.writtenPercent / 100);
            if (written > 0) {
                file.write(source.duplicate().limit(source.position() + written), position);
            }
            throw Device.failure(fault, "write at " + position, path);
        }

        @Override
        public int read(ByteBuffer target, long position) {
            device.check(Kind.READ, "read at " + position, path);
            return file.read(target, position);
        }

        @Override
        public void truncate(long size) {
            device.check(Kind.TRUNCATE, "truncate at " + size, path);
            file.truncate(size);
        }

        @Override
        public void force() {
            Fault fault = device.next(Kind.FORCE);
            if (fault != null) {
                forceFailed(path);
                throw Device.failure(fault, "force", path);
            }
            file.force();
        }

        @Override
        public String toString() {
            return path;
        }
    }
}
