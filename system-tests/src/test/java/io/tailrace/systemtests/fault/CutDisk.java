package io.tailrace.systemtests.fault;

import io.tailrace.common.errors.StorageException;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.Storage;
import io.tailrace.log.storage.StorageFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A storage in memory that fails at a chosen change, once or for good, and knows what of it a power cut leaves at least.
 * <b>Threads:</b> any; changes are put into one order.
 */
final class CutDisk implements Storage {
    /** What happens at the chosen change. */
    enum Fault {
        /** It fails; those behind it do not. */
        ERROR,
        /** The process is killed: it and all behind it fail, and what was written stays. */
        KILL,
        /** As KILL, but only what was forced stays. */
        POWER_CUT
    }

    private final MemoryStorage visible;
    private final Device device = new Device();

    // guarded by this
    private Fault fault = Fault.ERROR;
    private long changes;
    private long failAt = Long.MAX_VALUE;

    CutDisk() {
        this(new MemoryStorage());
    }

    private CutDisk(MemoryStorage visible) {
        this.visible = visible;
    }

    /** The change behind that many others fails. */
    synchronized void failAfter(long moreChanges, Fault newFault) {
        failAt = changes + moreChanges;
        fault = newFault;
    }

    synchronized boolean hasFailed() {
        return changes > failAt;
    }

    /** The disk that the next process finds; nothing of the past can write to it. */
    synchronized CutDisk afterFailure() {
        if (fault == Fault.POWER_CUT && hasFailed()) {
            visible.close();
            CutDisk left = new CutDisk();
            device.writeTo(left);
            return left;
        }
        return reopened();
    }

    /** The disk as the next process finds it when nothing is lost. */
    synchronized CutDisk reopened() {
        CutDisk left = new CutDisk(visible.reopen());
        device.becomes(left.device);
        return left;
    }

    private synchronized void change(String path, Runnable action, Runnable noted) {
        long change = changes++;
        if (change == failAt || (fault != Fault.ERROR && change > failAt)) {
            throw new StorageException(path, "the device has failed");
        }
        action.run();
        noted.run();
    }

    @Override
    public synchronized StorageFile open(String path, OpenMode mode) {
        if (mode == OpenMode.READ || visible.exists(path)) {
            return new CutFile(path, visible.open(path, mode));
        }
        StorageFile[] opened = new StorageFile[1];
        change(path, () -> opened[0] = visible.open(path, mode), () -> device.createFile(path));
        return new CutFile(path, opened[0]);
    }

    @Override
    public boolean exists(String path) {
        return visible.exists(path);
    }

    @Override
    public List<String> list(String directory) {
        return visible.list(directory);
    }

    @Override
    public void delete(String path) {
        change(path, () -> visible.delete(path), () -> device.delete(path));
    }

    @Override
    public void rename(String from, String to) {
        change(from, () -> visible.rename(from, to), () -> device.rename(from, to));
    }

    @Override
    public void createDirectories(String directory) {
        change(directory, () -> visible.createDirectories(directory), () -> device.createDirectories(directory));
    }

    @Override
    public void deleteDirectory(String directory) {
        change(directory, () -> visible.deleteDirectory(directory), () -> device.delete(directory));
    }

    @Override
    public long size(String path) {
        return visible.size(path);
    }

    @Override
    public void forceDirectory(String directory) {
        change(directory, () -> visible.forceDirectory(directory), () -> device.forceDirectory(directory));
    }

    @Override
    public void lock() {
        visible.lock();
    }

    @Override
    public Optional<Path> directory() {
        return visible.directory();
    }

    @Override
    public void close() {
        visible.close();
    }

    private final class CutFile implements StorageFile {
        private final StorageFile file;
        private final String path;
        private final Device.Node node;

        CutFile(String path, StorageFile file) {
            this.path = path;
            this.file = file;
            this.node = device.node(path);
        }

        @Override
        public void write(ByteBuffer source, long position) {
            change(path, () -> file.write(source, position), () -> {});
        }

        @Override
        public int read(ByteBuffer target, long position) {
            return file.read(target, position);
        }

        @Override
        public long size() {
            return file.size();
        }

        @Override
        public void truncate(long size) {
            change(path, () -> file.truncate(size), () -> {});
        }

        @Override
        public void force() {
            change(path, file::force, () -> node.forced = content());
        }

        private byte[] content() {
            ByteBuffer content = ByteBuffer.allocate(Math.toIntExact(file.size()));
            file.read(content, 0);
            return content.array();
        }

        @Override
        public void close() {
            file.close();
        }
    }
}
