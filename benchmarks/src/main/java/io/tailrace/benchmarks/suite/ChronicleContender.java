package io.tailrace.benchmarks.suite;

import java.io.IOException;
import java.nio.file.Path;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import net.openhft.chronicle.bytes.Bytes;
import net.openhft.chronicle.queue.ChronicleQueue;
import net.openhft.chronicle.queue.ExcerptAppender;
import net.openhft.chronicle.queue.ExcerptTailer;
import net.openhft.chronicle.queue.impl.single.SingleChronicleQueueBuilder;

/**
 * Chronicle Queue: excerpts of key and value in one memory-mapped queue. It has no partitions, checksums, batches, codecs or
 * consumers that sleep: its tailer spins.
 */
final class ChronicleContender implements Contender {
    private final Job job;
    private final Path directory;
    private final Payload payload;
    private final Bytes<?> buffer = Bytes.allocateElasticOnHeap(64 * 1024);
    private int generation;
    private ChronicleQueue queue;
    private ExcerptAppender appender;

    ChronicleContender(Job job, Path directory) {
        this.job = job;
        this.directory = directory;
        this.payload = new Payload(job.recordBytes());
        this.queue = open();
        this.appender = queue.createAppender();
    }

    private Path home() {
        return directory.resolve("queue-" + generation);
    }

    private ChronicleQueue open() {
        return SingleChronicleQueueBuilder.single(home().toFile()).build();
    }

    @Override
    public void renew() throws IOException {
        close();
        Directories.delete(home());
        generation++;
        queue = open();
        appender = queue.createAppender();
    }

    @Override
    public void append(int count) {
        for (int i = 0; i < count; i++) {
            buffer.clear();
            buffer.write(payload.key(i));
            buffer.write(payload.value(i));
            appender.writeBytes(buffer);
            if (job.isFsync()) {
                appender.sync();
            }
        }
    }

    @Override
    public long read(int count) {
        long bytes = 0;
        byte[] key = new byte[Payload.KEY_BYTES];
        try (ExcerptTailer tailer = queue.createTailer()) {
            for (int left = count; left > 0; left--) {
                buffer.clear();
                if (!tailer.readBytes(buffer)) {
                    throw new IllegalStateException(left + " records are missing");
                }
                buffer.read(key);
                byte[] value = new byte[(int) buffer.readRemaining()];
                buffer.read(value);
                bytes += key.length + value.length;
            }
        }
        return bytes;
    }

    @Override
    public void send(byte[] value) {
        buffer.clear();
        buffer.write(value);
        appender.writeBytes(buffer);
    }

    @Override
    public void receive(Consumer<byte[]> target, Runnable ready, BooleanSupplier stop) {
        Bytes<?> received = Bytes.allocateElasticOnHeap(64 * 1024);
        try (ExcerptTailer tailer = queue.createTailer()) {
            tailer.toEnd();
            ready.run();
            while (!stop.getAsBoolean()) {
                received.clear();
                if (tailer.readBytes(received)) {
                    byte[] value = new byte[(int) received.readRemaining()];
                    received.read(value);
                    target.accept(value);
                } else {
                    Thread.onSpinWait();
                }
            }
        }
    }

    @Override
    public void close() {
        appender.close();
        queue.close();
    }
}
