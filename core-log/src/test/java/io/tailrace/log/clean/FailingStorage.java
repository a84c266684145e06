package io.tailrace.log.clean;

import io.tailrace.common.errors.StorageException;
import io.tailrace.log.storage.ForwardingStorage;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.StorageFile;
import java.nio.ByteBuffer;

/** A storage on which, from some operation on, every one that changes something fails. */
final class FailingStorage extends ForwardingStorage {
    static final int NEVER = Integer.MAX_VALUE;

    private int left = NEVER;
    private int operations;
    private int readsLeft = NEVER;
    private Runnable meanwhile = () -> {};

    FailingStorage(MemoryStorage target) {
        super(target);
    }

    /** So many operations succeed from now on. */
    void failAfter(int count) {
        left = count;
        operations = 0;
    }

    /** Since {@link #failAfter}, those that failed included. */
    int operations() {
        return operations;
    }

    /** Before one read, after so many others, does something else, as another thread might. */
    void onRead(int count, Runnable action) {
        readsLeft = count;
        meanwhile = action;
    }

    private void beforeRead() {
        if (readsLeft != NEVER && readsLeft-- <= 0) {
            readsLeft = NEVER;
            meanwhile.run();
        }
    }

    private void change(String path) {
        operations++;
        if (left != NEVER && left-- <= 0) {
            left = 0;
            throw new StorageException(path, "input/output error");
        }
    }

    @Override
    public StorageFile open(String path, OpenMode mode) {
        if (mode == OpenMode.READ_WRITE) {
            change(path);
        } else {
            beforeRead();
        }
        StorageFile file = target.open(path, mode);
        return new File(file) {
            @Override
            public void write(ByteBuffer source, long position) {
                change(path);
                file.write(source, position);
            }

            @Override
            public int read(ByteBuffer buffer, long position) {
                beforeRead();
                return file.read(buffer, position);
            }

            @Override
            public void truncate(long size) {
                change(path);
                file.truncate(size);
            }

            @Override
            public void force() {
                change(path);
                file.force();
            }
        };
    }

    @Override
    public void delete(String path) {
        change(path);
        target.delete(path);
    }

    @Override
    public void rename(String from, String to) {
        change(from);
        target.rename(from, to);
    }

    @Override
    public void deleteDirectory(String directory) {
        change(directory);
        target.deleteDirectory(directory);
    }

    @Override
    public void forceDirectory(String directory) {
        change(directory);
        target.forceDirectory(directory);
    }
}
