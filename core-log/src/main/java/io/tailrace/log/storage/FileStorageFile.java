package io.tailrace.log.storage;

import io.tailrace.common.errors.StorageException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file of the file system behind a {@link FileChannel}.
 *
 * <p>The JDK closes a channel when a thread that is inside of it is interrupted, for everybody. An interrupted consumer
 * must not take the partition away from its producers, so an operation that finds the channel closed by such an interrupt
 * opens it again and starts over (all operations are positional, so doing one twice does no harm); the interrupt status is
 * set again at the end.
 */
final class FileStorageFile implements StorageFile {
    // The JDK copies a heap buffer into a direct one of the same size, which it then keeps per thread; slices bound
    // that.
    private static final int MAX_SLICE_BYTES = 256 * 1024;

    private final Path path;
    private final boolean readOnly;
    private volatile FileChannel channel; // replaced under the monitor, by reopen only
    private volatile boolean closed;

    FileStorageFile(Path path, FileChannel channel, boolean readOnly) {
        this.path = path;
        this.readOnly = readOnly;
        this.channel = channel;
    }

    private interface Operation {
        long apply(FileChannel channel) throws IOException;
    }

    @Override
    public void write(ByteBuffer source, long position) {
        int from = source.position();
        int to = source.limit();
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
        uninterrupted("truncate", size, current -> {
            current.truncate(size);
            return 0;
        });
    }

    @Override
    public void force() {
        uninterrupted("force", 0, current -> {
            current.force(false); // with the metadata that is needed to read the bytes again, such as the size
            return 0;
        });
    }

    @Override
    public synchronized void close() {
        closed = true;
        try {
            channel.close();
        } catch (IOException e) {
            throw StorageFailure.of("close", path, e);
        }
    }

    private long uninterrupted(String action, long position, Operation operation) {
        boolean interrupted = Thread.interrupted(); // a status that is set already would close the channel at once
        try {
            while (true) {
                FileChannel current = channel;
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
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private synchronized void reopen(FileChannel broken) {
        if (closed) {
            throw new StorageException(path.toString(), "the file is closed");
        }
        if (channel == broken) {
            try {
                channel = readOnly
                        ? FileChannel.open(path, StandardOpenOption.READ)
                        : FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE);
            } catch (IOException e) {
                throw StorageFailure.of("open again after an interrupt", path, e);
            }
        }
    }

    @Override
    public String toString() {
        return path.toString();
    }
}
