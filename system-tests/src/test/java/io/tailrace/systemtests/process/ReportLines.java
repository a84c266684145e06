package io.tailrace.systemtests.process;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;

/**
 * Where a process writes its reports: a line is one write to the pipe of the standard output, so what was written survives a kill.
 * <b>Threads:</b> any.
 */
public final class ReportLines {
    private final FileChannel output = new FileOutputStream(FileDescriptor.out).getChannel();

    public synchronized void write(String report) {
        ByteBuffer line = ByteBuffer.wrap((report + "\n").getBytes(StandardCharsets.US_ASCII));
        try {
            while (line.hasRemaining()) {
                output.write(line);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("nobody listens", e);
        }
    }
}
