package io.tailrace.log.storage;

import io.tailrace.common.errors.StorageException;
import java.nio.ByteBuffer;

/**
 * A storage whose device fails at a chosen change: once, or for good as when the process is killed there. A write that fails has
 * written the first half of its bytes.
 */
public final class DyingStorage extends ForwardingStorage {
    private long changes;
    private long failFrom = Long.MAX_VALUE;
    private boolean forGood;

    public DyingStorage(MemoryStorage target) {
        super(target);
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
        return new File(file) {
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
            public void truncate(long size) {
                change(path, () -> file.truncate(size));
            }

            @Override
            public void force() {
                change(path, file::force);
            }
        };
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
    public void forceDirectory(String directory) {
        change(directory, () -> target.forceDirectory(directory));
    }
}
