package io.tailrace.log.record.compress;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import com.github.luben.zstd.ZstdOutputStreamNoFinalizer;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/** Zstd frames. Their window, which takes memory outside of the heap, is bounded by the library: 128 MiB. */
final class ZstdFrame {
    /** What Kafka takes when nothing is configured. */
    private static final int LEVEL = 3;

    private ZstdFrame() {}

    static OutputStream compressing(OutputStream target) throws IOException {
        return new ZstdOutputStreamNoFinalizer(target, RecyclingBufferPool.INSTANCE, LEVEL);
    }

    static InputStream expanding(InputStream source) throws IOException {
        return new ZstdInputStreamNoFinalizer(source, RecyclingBufferPool.INSTANCE);
    }
}
