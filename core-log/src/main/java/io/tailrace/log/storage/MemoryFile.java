package io.tailrace.log.storage;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The bytes of one file of a {@link MemoryStorage}: chunks of equal size, so that growing copies no data.
 *
 * <p><b>Threads:</b> writers under the monitor, readers without: they take one look at {@link #content}, whose chunks hold
 * every byte below its size.
 */
final class MemoryFile {
    // Small: most files of a test are tiny, and there may be thousands.
    private static final int CHUNK_BYTES = 16 * 1024;
    private static final Content EMPTY = new Content(new byte[0][], 0);

    private volatile Content content = EMPTY;

    /** What a reader may see. The array is longer than needed, and shared with later contents, which only add chunks. */
    private static final class Content {
        final byte[][] chunks;
        final long size;

        Content(byte[][] chunks, long size) {
            this.chunks = chunks;
            this.size = size;
        }
    }

    long size() {
        return content.size;
    }

    synchronized void write(ByteBuffer source, long position) {
        long size = content.size;
        long end = position + source.remaining();
        byte[][] chunks = withRoomFor(content.chunks, end);
        for (long at = position; source.hasRemaining(); ) {
            int offset = (int) (at % CHUNK_BYTES);
            int length = Math.min(source.remaining(), CHUNK_BYTES - offset);
            source.get(chunks[(int) (at / CHUNK_BYTES)], offset, length);
            at += length;
        }
        content = new Content(chunks, Math.max(size, end));
    }

    int read(ByteBuffer target, long position) {
        Content current = content;
        long wanted = Math.min(target.remaining(), current.size - position);
        if (wanted <= 0) {
            return 0;
        }
        long end = position + wanted;
        for (long at = position; at < end; ) {
            int offset = (int) (at % CHUNK_BYTES);
            int length = (int) Math.min(end - at, CHUNK_BYTES - offset);
            target.put(current.chunks[(int) (at / CHUNK_BYTES)], offset, length);
            at += length;
        }
        return (int) wanted;
    }

    synchronized void truncate(long size) {
        if (size >= content.size) {
            return;
        }
        // A copy: readers of the old content keep its chunks, and bytes behind the end must be zero if it grows again.
        byte[][] chunks = Arrays.copyOf(content.chunks, chunksFor(size));
        int used = (int) (size % CHUNK_BYTES);
        if (used > 0) {
            byte[] last = new byte[CHUNK_BYTES];
            System.arraycopy(chunks[chunks.length - 1], 0, last, 0, used);
            chunks[chunks.length - 1] = last;
        }
        content = new Content(chunks, size);
    }

    private static byte[][] withRoomFor(byte[][] chunks, long end) {
        int needed = chunksFor(end);
        byte[][] roomy = needed <= chunks.length ? chunks : Arrays.copyOf(chunks, Math.max(needed, chunks.length * 2));
        for (int i = needed - 1; i >= 0 && roomy[i] == null; i--) {
            roomy[i] = new byte[CHUNK_BYTES];
        }
        return roomy;
    }

    private static int chunksFor(long size) {
        return Math.toIntExact((size + CHUNK_BYTES - 1) / CHUNK_BYTES);
    }
}
