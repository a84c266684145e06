package io.tailrace.log.storage;

import io.tailrace.common.errors.StorageException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * A storage whose device fails at a chosen change: once, or for good as when the process is killed there. A write that fails has
 * written the first half of its bytes.
 */
public final class DyingStorage implements Storage {
    private final MemoryStorage target;
    private long changes;
    private long failFrom = Long.MAX_VALUE;
    private boolean forGood;

    public DyingStorage(MemoryStorage target) {
        this.target = target;
    }

    /** The change behind that many others fails, and all later ones too if it is for good. */
    public void failAfter(int moreChanges, boolean isForGood) {
        failFrom = changes + moreChanges;
        forGood = isForGood;
    }

    /** How many changes there were so far. */
    public long changes() {
        return changes;
    }

    /** Whether the failure has come. */
    public boolean hasFailed() {
        return changes > failFrom;
    }

    private boolean fails() {
        long change = changes++;
        return change == failFrom || (forGood && change > failFrom);
    }

    private void change(String path, Runnable action) {
        if (fails()) {
            throw new StorageException(path, "the device has failed");
        }
        action.run();
    }

    @Override
    public StorageFile open(String path, OpenMode mode) {
        StorageFile file = target.open(path, mode);
        return new StorageFile() {
            @Override
            public void write(ByteBuffer source, long position) {
                if (fails()) {
                    ByteBuffer half = source.duplicate();
                    file.write(half.limit(half.position() + half.remaining() / 2), position);
                    throw new StorageException(path, "the device has failed");
                }
                file.write(source, position);
            }

            @Override
            public int read(ByteBuffer buffer, long position) {
                return file.read(buffer, position);
            }

            @Override
            public long size() {
                return file.size();
            }

            @Override
            public void truncate(long size) {
                change(path, () -> file.truncate(size));
            }

            @Override
            public void force() {
                change(path, file::force);
            }

            @Override
            public void close() {
                file.close();
            }
        };
    }

    @Override
    public boolean exists(String path) {
        return target.exists(path);
    }

    @Override
    public List<String> list(String directory) {
        return target.list(directory);
    }

    @Override
    public void delete(String path) {
        change(path, () -> target.delete(path));
    }

    @Override
    public void rename(String from, String to) {
        change(from, () -> target.rename(from, to));
    }

    @Override
    public void createDirectories(String directory) {
        change(directory, () -> target.createDirectories(directory));
    }

    @Override
    public void deleteDirectory(String directory) {
        change(directory, () -> target.deleteDirectory(directory));
    }

    @Override
    public long size(String path) {
        return target.size(path);
    }

    @Override
    public void forceDirectory(String directory) {
        change(directory, () -> target.forceDirectory(directory));
    }

    @Override
    public void lock() {
        target.lock();
    }

    @Override
    public Optional<Path> directory() {
        return target.directory();
    }

    @Override
    public void close() {
        target.close();
    }
}
