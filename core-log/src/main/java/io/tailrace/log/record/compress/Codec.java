package io.tailrace.log.record.compress;

import io.tailrace.common.errors.TailraceException;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * How the records of a batch are compressed, by the numbers and names of Kafka. The records behind the header are one frame
 * of the codec:
 *
 * <pre>
 *   1 gzip     RFC 1952
 *   2 snappy   blocks of 32 KiB with the lengths of xerial's SnappyOutputStream before them
 *   3 lz4      LZ4 frame of independent blocks of 64 KiB, no checksums but the header's (KIP-57)
 *   4 zstd     RFC 8878 (KIP-110)
 * </pre>
 *
 * Each at its library's default level, as Kafka's producer.
 *
 * <p><b>Threads:</b> any.
 */
public enum Codec {
    NONE(0, "none"),
    GZIP(1, "gzip"),
    SNAPPY(2, "snappy"),
    LZ4(3, "lz4"),
    ZSTD(4, "zstd");

    /**
     * What the records of one compressed batch expand to at most: 64 MiB. Batches beyond are written without compression, and
     * a stored one that expands to more is refused as corrupt, so that a few bytes cannot take all memory.
     */
    public static final int MAX_EXPANDED_BYTES = 64 * 1024 * 1024;

    private static final int FIRST_EXPANDED_BYTES = 1024;
    private static final int USUAL_RATIO = 4;
    private static final int GZIP_BUFFER_BYTES = 8 * 1024;

    private final int id;
    private final String configName;

    Codec(int id, String configName) {
        this.id = id;
        this.configName = configName;
    }

    /** The number in the attributes of a batch. */
    public int id() {
        return id;
    }

    /** As in the values of Kafka's {@code compression.type}. */
    public String configName() {
        return configName;
    }

    /** The codec of a number in the attributes of a batch; null when there is none. */
    public static @Nullable Codec byId(int id) {
        return switch (id) {
            case 0 -> NONE;
            case 1 -> GZIP;
            case 2 -> SNAPPY;
            case 3 -> LZ4;
            case 4 -> ZSTD;
            default -> null;
        };
    }

    /**
     * Compresses {@code source[from, end)} into {@code target[targetFrom, targetEnd)}.
     *
     * @return the index behind the last byte written; -1 when the result does not fit
     * @throws TailraceException when the codec's library cannot be loaded
     */
    public int compress(byte[] source, int from, int end, byte[] target, int targetFrom, int targetEnd) {
        BoundedOutput bounded = new BoundedOutput(target, targetFrom, targetEnd);
        try (OutputStream output = compressing(bounded)) {
            output.write(source, from, end - from);
        } catch (IOException e) {
            throw new TailraceException("cannot compress " + (end - from) + " bytes with " + configName, e);
        } catch (LinkageError e) {
            throw notLoaded(e);
        }
        return bounded.written();
    }

    /**
     * Expands {@code source[from, end)}.
     *
     * @param limitBytes most bytes to expand to
     * @return new, from position to limit
     * @throws DecompressionException when the bytes are not those of this codec, or expand to more
     * @throws TailraceException when the codec's library cannot be loaded
     */
    public ByteBuffer expand(byte[] source, int from, int end, int limitBytes) throws DecompressionException {
        int length = end - from;
        try (InputStream input = expanding(new ByteArrayInputStream(source, from, length), limitBytes)) {
            long usual = Math.max(FIRST_EXPANDED_BYTES, (long) USUAL_RATIO * length);
            byte[] target = new byte[(int) Math.min(limitBytes, usual)];
            int size = 0;
            while (true) {
                if (size == target.length) {
                    int next = input.read();
                    if (next < 0) {
                        break;
                    }
                    if (size == limitBytes) {
                        throw new DecompressionException(
                                length + " " + configName + " bytes that expand to more than " + limitBytes,
                                "at most " + limitBytes);
                    }
                    target = Arrays.copyOf(target, (int) Math.min(limitBytes, 2L * size + 1));
                    target[size++] = (byte) next;
                } else {
                    int read = input.read(target, size, target.length - size);
                    if (read < 0) {
                        break;
                    }
                    if (read == 0) {
                        throw new EOFException("no more bytes, and no end");
                    }
                    size += read;
                }
            }
            return ByteBuffer.wrap(target, 0, size);
        } catch (IOException | RuntimeException e) { // each library has its own way to say that it cannot go on
            DecompressionException failure = new DecompressionException(
                    length + " " + configName + " bytes that do not expand (" + e + ")",
                    "what " + configName + " compressed");
            failure.initCause(e);
            throw failure;
        } catch (LinkageError e) {
            throw notLoaded(e);
        }
    }

    // The classes of the libraries are named in classes of their own: this one can be loaded when they are not there.
    private OutputStream compressing(OutputStream target) throws IOException {
        return switch (this) {
            case NONE -> target;
            case GZIP -> new GZIPOutputStream(target, GZIP_BUFFER_BYTES);
            case SNAPPY -> SnappyBlocks.compressing(target);
            case LZ4 -> Lz4Frame.compressing(target);
            case ZSTD -> ZstdFrame.compressing(target);
        };
    }

    private InputStream expanding(InputStream source, int limitBytes) throws IOException {
        return switch (this) {
            case NONE -> source;
            case GZIP -> new GZIPInputStream(source, GZIP_BUFFER_BYTES);
            case SNAPPY -> SnappyBlocks.expanding(source, limitBytes);
            case LZ4 -> Lz4Frame.expanding(source);
            case ZSTD -> ZstdFrame.expanding(source);
        };
    }

    private TailraceException notLoaded(LinkageError e) {
        return new TailraceException(
                "the library for " + configName + " cannot be loaded (" + e
                        + "); see that its jar is on the class path and"
                        + " that it knows this platform, or use another compression",
                e);
    }

    @Override
    public String toString() {
        return configName + " (" + id + ")";
    }
}
