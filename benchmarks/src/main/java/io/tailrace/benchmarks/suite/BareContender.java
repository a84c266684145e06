package io.tailrace.benchmarks.suite;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;

/** The physical limit: the same bytes, written and read by a bare {@link FileChannel}, 64 KiB or one record at a time. */
final class BareContender implements Contender {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final Job job;
    private final Path file;
    private final ByteBuffer chunk;
    private FileChannel channel;

    BareContender(Job job, Path directory) throws IOException {
        this.job = job;
        this.file = directory.resolve("bytes");
        this.chunk = ByteBuffer.allocateDirect(CHUNK_BYTES);
        Payload payload = new Payload(job.recordBytes());
        for (int i = 0; chunk.remaining() >= job.recordBytes(); i++) {
            chunk.put(payload.key(i)).put(payload.value(i));
        }
        chunk.flip();
        this.channel = open();
    }

    private FileChannel open() throws IOException {
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
    }

    @Override
    public void renew() throws IOException {
        channel.close();
        Files.deleteIfExists(file);
        channel = open();
    }

    @Override
    public void append(int count) throws IOException {
        long left = (long) count * job.recordBytes();
        int pieceBytes = job.batched() ? chunk.capacity() / job.recordBytes() * job.recordBytes() : job.recordBytes();
        while (left > 0) {
            chunk.clear().limit((int) Math.min(pieceBytes, left));
            while (chunk.hasRemaining()) {
                left -= channel.write(chunk);
            }
            if (job.isFsync()) {
                channel.force(false);
            }
        }
    }

    @Override
    public long read(int count) throws IOException {
        long at = 0;
        long end = (long) count * job.recordBytes();
        ByteBuffer target = ByteBuffer.allocateDirect(1024 * 1024);
        while (at < end) {
            target.clear();
            at += Progress.checked(channel.read(target, at));
        }
        return at;
    }

    @Override
    public void send(byte[] value) {
        throw new UnsupportedOperationException("nobody is told of what is appended to a bare file");
    }

    @Override
    public void receive(Consumer<byte[]> target, Runnable ready, BooleanSupplier stop) {
        throw new UnsupportedOperationException("nobody is told of what is appended to a bare file");
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
