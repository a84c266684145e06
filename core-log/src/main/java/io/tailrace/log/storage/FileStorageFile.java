package io.tailrace.log.storage;

import io.tailrace.common.errors.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A file of the file system behind a {@link FileChannel}, which {@link OpenFiles} may close while nobody uses it.
 *
 * <p>The JDK closes a channel when a thread that is inside of it is interrupted, for everybody. An interrupted consumer
 * must not take the partition away from its producers, so an operation that finds the channel closed by such an interrupt
 * opens it again and starts over (all operations are positional, so doing one twice does no harm); the interrupt status is
 * set again at the end.
 */
final class FileStorageFile implements StorageFile {
    private static final Logger LOG = LoggerFactory.getLogger(FileStorageFile.class);

    // The JDK copies a heap buffer into a direct one of the same size, which it then keeps per thread; slices bound
    // that.
    private static final int MAX_SLICE_BYTES = 256 * 1024;

    /** Of {@link #users}: there is no channel. */
    private static final int RETIRED = -1;
    /** Of {@link #users}: the channel is being closed, which takes a moment. */
    private static final int RETIRING = -2;

    private final Path path;
    private final Set<OpenOption> reopenOptions;
    private final OpenFiles openFiles;
    private final AtomicInteger users = new AtomicInteger(RETIRED); // operations that are inside of the channel
    private volatile @Nullable FileChannel channel; // replaced under the monitor
    private volatile boolean used; // since OpenFiles looked
    private volatile boolean unforced;
    private volatile boolean closed;
    private @Nullable Object key; // guarded by this: which file it is, where the system tells

    private FileStorageFile(Path path, Set<OpenOption> reopenOptions, OpenFiles openFiles) {
        this.path = path;
        this.reopenOptions = reopenOptions;
        this.openFiles = openFiles;
    }

    static FileStorageFile open(Path path, OpenMode mode, OpenFiles openFiles) {
        Set<OpenOption> existing = mode == OpenMode.READ
                ? Set.of(StandardOpenOption.READ)
                : Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE);
        FileStorageFile file = new FileStorageFile(path, existing, openFiles);
        file.open(
                mode == OpenMode.READ_WRITE
                        ? Set.of(StandardOpenOption.READ, StandardOpenOption.WRITE, StandardOpenOption.CREATE)
                        : existing);
        return file;
    }

    private interface Operation {
        long apply(FileChannel channel) throws IOException;
    }

    @Override
    public void write(ByteBuffer source, long position) {
        int from = source.position();
        int to = source.limit();
        unforced = true;
        try {
            uninterrupted("write", position, current -> {
                long at = position;
                for (int next = from; next < to; ) {
                    source.limit(Math.min(to, next + slice(source, to - next))).position(next);
                    int written = current.write(source, at);
                    next += written;
                    at += written;
                }
                return 0;
            });
        } finally {
            source.limit(to);
            unforced = true; // again: a force may have begun meanwhile
        }
    }

    @Override
    public int read(ByteBuffer target, long position) {
        int from = target.position();
        int to = target.limit();
        try {
            return (int) uninterrupted("read", position, current -> {
                int next = from;
                while (next < to) {
                    target.limit(Math.min(to, next + slice(target, to - next))).position(next);
                    int read = current.read(target, position + next - from);
                    if (read < 0) {
                        break;
                    }
                    next += read;
                }
                return (long) next - from;
            });
        } finally {
            target.limit(to);
        }
    }

    private static int slice(ByteBuffer buffer, int wanted) {
        return buffer.isDirect() ? wanted : Math.min(wanted, MAX_SLICE_BYTES);
    }

    @Override
    public long size() {
        return uninterrupted("read the size", 0, FileChannel::size);
    }

    @Override
    public void truncate(long size) {
        unforced = true;
        uninterrupted("truncate", size, current -> {
            current.truncate(size);
            return 0;
        });
    }

    @Override
    public void force() {
        unforced = false; // before: what is written meanwhile sets it again
        try {
            uninterrupted("force", 0, current -> {
                current.force(false); // with the metadata that is needed to read the bytes again, such as the size
                return 0;
            });
        } catch (StorageException e) {
            unforced = true;
            throw e;
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        openFiles.closed(this);
        awaitRetirement();
        FileChannel current = channel;
        if (current != null) {
            try {
                current.close();
            } catch (IOException e) {
                throw StorageFailure.of("close", path, e);
            }
        }
    }

    private long uninterrupted(String action, long position, Operation operation) {
        boolean interrupted = Thread.interrupted(); // a status that is set already would close the channel at once
        boolean entered = false;
        try {
            enter();
            entered = true;
            while (true) {
                FileChannel current = channel;
                if (current == null) {
                    throw new StorageException(path.toString(), "the file is closed");
                }
                try {
                    return operation.apply(current);
                } catch (ClosedChannelException e) {
                    interrupted |= Thread.interrupted();
                    reopen(current);
                } catch (IOException e) {
                    throw StorageFailure.of(action + " at " + position, path, e);
                }
            }
        } finally {
            if (entered) {
                users.decrementAndGet();
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Until the caller has left, the channel is not retired. */
    private void enter() {
        while (true) {
            int current = users.get();
            if (current < 0) {
                open(reopenOptions);
            } else if (users.compareAndSet(current, current + 1)) {
                if (!used) {
                    used = true;
                }
                return;
            }
        }
    }

    private synchronized void open(Set<OpenOption> options) {
        checkOpen();
        awaitRetirement();
        if (users.get() >= 0) {
            return;
        }
        try {
            FileChannel opened = FileChannel.open(path, options);
            try {
                checkSame();
            } catch (IOException | StorageException e) {
                opened.close();
                throw e;
            }
            channel = opened;
        } catch (IOException e) {
            throw StorageFailure.of("open", path, e);
        }
        used = true;
        users.set(0);
        openFiles.opened(this);
    }

    // A file of that name can be another one by now; its bytes would be taken for those of this one.
    private void checkSame() throws IOException {
        Object found = Files.readAttributes(path, BasicFileAttributes.class).fileKey();
        if (key == null) {
            key = found;
        } else if (!key.equals(found)) {
            throw new StorageException(path.toString(), "the file was replaced by another one of this name");
        }
    }

    private void awaitRetirement() {
        while (users.get() == RETIRING) {
            Thread.onSpinWait();
        }
    }

    /**
     * Closes the channel if nobody is inside of it and nobody was since this was last asked.
     *
     * @param keepUnforced whether to refuse when there are bytes that were not forced
     * @return whether the channel is closed now
     */
    boolean retire(boolean keepUnforced) {
        if (used) {
            used = false;
            return false;
        }
        if ((keepUnforced && unforced) || !users.compareAndSet(0, RETIRING)) {
            return false;
        }
        FileChannel current = channel;
        channel = null;
        try {
            if (current != null) {
                current.close();
            }
        } catch (IOException e) {
            LOG.warn("{} was not closed well: {}", path, e.toString());
        } finally {
            users.set(RETIRED);
        }
        return true;
    }

    private synchronized void reopen(FileChannel broken) {
        checkOpen();
        if (channel == broken) {
            try {
                channel = FileChannel.open(path, reopenOptions);
            } catch (IOException e) {
                throw StorageFailure.of("open again after an interrupt", path, e);
            }
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new StorageException(path.toString(), "the file is closed");
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
