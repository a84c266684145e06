package io.tailrace.log.record.compress;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Objects;
import org.xerial.snappy.Snappy;
import org.xerial.snappy.SnappyError;
import org.xerial.snappy.SnappyOutputStream;

/**
 * Snappy as Kafka's client writes it, big-endian:
 *
 * <pre>
 *   0x82 "SNAPPY" 0x00 | version 4 bytes | least compatible version 4 bytes | (block length 4 bytes, block)*
 * </pre>
 *
 * Without that header the bytes are one block, as clients in C write them. Blocks are read here and not by the library's
 * stream, which makes arrays as large as the bytes claim.
 */
final class SnappyBlocks {
    private static final byte[] MAGIC = {(byte) 0x82, 'S', 'N', 'A', 'P', 'P', 'Y', 0};
    private static final int VERSIONS_BYTES = 2 * Integer.BYTES;

    private SnappyBlocks() {}

    static OutputStream compressing(OutputStream target) {
        return new SnappyOutputStream(target);
    }

    static InputStream expanding(InputStream source, int limitBytes) throws IOException {
        byte[] bytes = source.readAllBytes();
        boolean framed = bytes.length >= MAGIC.length + VERSIONS_BYTES
                && Arrays.equals(bytes, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
        return framed
                ? new Blocks(bytes, MAGIC.length + VERSIONS_BYTES, limitBytes)
                : new ByteArrayInputStream(expand(bytes, 0, bytes.length, limitBytes));
    }

    private static byte[] expand(byte[] bytes, int from, int length, int limitBytes) throws IOException {
        try {
            int claimed = Snappy.uncompressedLength(bytes, from, length);
            if (claimed < 0 || claimed > limitBytes) {
                throw new IOException("a block of " + claimed + " bytes, expected 0.." + limitBytes);
            }
            byte[] expanded = new byte[claimed];
            int size = Snappy.uncompress(bytes, from, length, expanded, 0);
            if (size != claimed) {
                throw new IOException("a block of " + size + " bytes, expected " + claimed);
            }
            return expanded;
        } catch (SnappyError e) {
            throw new IOException(e);
        }
    }

    /** The blocks behind the header, one after the other. */
    private static final class Blocks extends InputStream {
        private final byte[] bytes;
        private final int limitBytes;
        private int at;
        private byte[] block = {};
        private int blockAt;

        Blocks(byte[] bytes, int at, int limitBytes) {
            this.bytes = bytes;
            this.at = at;
            this.limitBytes = limitBytes;
        }

        @Override
        public int read() throws IOException {
            return hasBytes() ? block[blockAt++] & 0xff : -1;
        }

        @Override
        public int read(byte[] target, int from, int length) throws IOException {
            Objects.checkFromIndexSize(from, length, target.length);
            if (!hasBytes()) {
                return -1;
            }
            int read = Math.min(length, block.length - blockAt);
            System.arraycopy(block, blockAt, target, from, read);
            blockAt += read;
            return read;
        }

        private boolean hasBytes() throws IOException {
            while (blockAt == block.length) {
                if (at == bytes.length) {
                    return false;
                }
                int length = nextLength();
                block = expand(bytes, at, length, limitBytes);
                blockAt = 0;
                at += length;
            }
            return true;
        }

        private int nextLength() throws IOException {
            int left = bytes.length - at - Integer.BYTES;
            if (left < 0) {
                throw new EOFException("the end inside of a block length");
            }
            int length = 0;
            for (int i = 0; i < Integer.BYTES; i++) {
                length = (length << Byte.SIZE) | (bytes[at++] & 0xff);
            }
            if (length < 1 || length > left) {
                throw new IOException("block length " + length + ", expected 1.." + left);
            }
            return length;
        }
    }
}
