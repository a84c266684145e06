package io.tailrace.log.partition;

import io.tailrace.common.errors.LogFullException;
import io.tailrace.common.errors.StorageException;
import io.tailrace.log.storage.ForwardingStorage;
import io.tailrace.log.storage.MemoryStorage;
import io.tailrace.log.storage.OpenMode;
import io.tailrace.log.storage.StorageFile;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/** A storage on a device that refuses on demand, as a full disk does: after it has taken a part of the bytes. */
public final class RefusingStorage extends ForwardingStorage {
    public int bytesUntilFull = Integer.MAX_VALUE;
    public volatile boolean refuseForce;
    public volatile boolean refuseTruncate;
    /** Called with the path before a file is forced; may wait, count or throw. */
    public volatile Consumer<String> beforeForce = path -> {};
    /** Called with the path before a file is opened. */
    public volatile Consumer<String> beforeOpen = path -> {};
    /** Called with the path before a directory is forced. */
    public volatile Consumer<String> beforeForceDirectory = path -> {};
    /** Called with the path before every write, truncate, rename and delete. */
    public volatile Consumer<String> beforeChange = path -> {};

    public final AtomicLong bytesRead = new AtomicLong();
    volatile int forces;

    public RefusingStorage(MemoryStorage target) {
        super(target);
    }

    @Override
    public StorageFile open(String path, OpenMode mode) {
        beforeOpen.accept(path);
        StorageFile file = target.open(path, mode);
        return new File(file) {
            @Override
            public void write(ByteBuffer source, long position) {
                beforeChange.accept(path);
                int taken = Math.min(bytesUntilFull, source.remaining());
                ByteBuffer part = source.duplicate().limit(source.position() + taken);
                file.write(part, position);
                source.position(source.position() + taken);
                bytesUntilFull -= taken;
                if (source.hasRemaining()) {
                    throw new LogFullException(path, "the memory", 0, "no space left on device");
                }
            }

            @Override
            public int read(ByteBuffer buffer, long position) {
                int read = file.read(buffer, position);
                bytesRead.addAndGet(read);
                return read;
            }

            @Override
            public void truncate(long size) {
                beforeChange.accept(path);
                if (refuseTruncate) {
                    throw new StorageException(path, "cannot truncate");
                }
                file.truncate(size);
            }

            @Override
            public void force() {
                beforeForce.accept(path);
                if (refuseForce) {
                    throw new StorageException(path, "cannot force: input/output error");
                }
                synchronized (RefusingStorage.this) {
                    forces++;
                }
                file.force();
            }
        };
    }

    @Override
    public void delete(String path) {
        beforeChange.accept(path);
        target.delete(path);
    }

    @Override
    public void rename(String from, String to) {
        beforeChange.accept(to);
        target.rename(from, to);
    }

    @Override
    public void forceDirectory(String directory) {
        beforeForceDirectory.accept(directory);
        target.forceDirectory(directory);
    }
}
