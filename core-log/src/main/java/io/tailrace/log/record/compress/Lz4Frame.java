package io.tailrace.log.record.compress;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import net.jpountz.lz4.LZ4Factory;
import net.jpountz.lz4.LZ4FrameInputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream.BLOCKSIZE;
import net.jpountz.lz4.LZ4FrameOutputStream.FLG;
import net.jpountz.xxhash.XXHashFactory;

/** LZ4 frames as Kafka's client writes them. Of others all flags are read but dependent blocks, which Kafka refuses too. */
final class Lz4Frame {
    private static final long SIZE_NOT_WRITTEN = -1;

    private Lz4Frame() {}

    static OutputStream compressing(OutputStream target) throws IOException {
        return new LZ4FrameOutputStream(
                target,
                BLOCKSIZE.SIZE_64KB,
                SIZE_NOT_WRITTEN,
                LZ4Factory.fastestInstance().fastCompressor(),
                XXHashFactory.fastestInstance().hash32(),
                FLG.Bits.BLOCK_INDEPENDENCE);
    }

    static InputStream expanding(InputStream source) throws IOException {
        return new LZ4FrameInputStream(
                source,
                LZ4Factory.fastestInstance().safeDecompressor(),
                XXHashFactory.fastestInstance().hash32());
    }
}
