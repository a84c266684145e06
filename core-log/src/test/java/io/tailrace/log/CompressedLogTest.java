package io.tailrace.log;

import io.tailrace.log.api.Compression;
import java.nio.file.Path;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.io.TempDir;

/** The contracts of producer and consumer with every codec, on a log in a directory. */
class CompressedLogTest {
    @TempDir
    @SuppressWarnings("NullAway.Init") // set by JUnit
    Path directory;

    private LogHome home() {
        return options -> EmbeddedLog.open(directory.resolve("log"), options);
    }

    @Nested
    class GzipProducing extends ProducerContract {
        GzipProducing() {
            super(home());
        }

        @Override
        Compression compression() {
            return Compression.GZIP;
        }
    }

    @Nested
    class GzipConsuming extends ConsumerContract {
        GzipConsuming() {
            super(home());
        }

        @Override
        Compression compression() {
            return Compression.GZIP;
        }
    }

    @Nested
    class SnappyProducing extends ProducerContract {
        SnappyProducing() {
            super(home());
        }

        @Override
        Compression compression() {
            return Compression.SNAPPY;
        }
    }

    @Nested
    class SnappyConsuming extends ConsumerContract {
        SnappyConsuming() {
            super(home());
        }

        @Override
        Compression compression() {
            return Compression.SNAPPY;
        }
    }

    @Nested
    class Lz4Producing extends ProducerContract {
        Lz4Producing() {
            super(home());
        }

        @Override
        Compression compression() {
            return Compression.LZ4;
        }
    }

    @Nested
    class Lz4Consuming extends ConsumerContract {
        Lz4Consuming() {
            super(home());
        }

        @Override
        Compression compression() {
            return Compression.LZ4;
        }
    }

    @Nested
    class ZstdProducing extends ProducerContract {
        ZstdProducing() {
            super(home());
        }

        @Override
        Compression compression() {
            return Compression.ZSTD;
        }
    }

    @Nested
    class ZstdConsuming extends ConsumerContract {
        ZstdConsuming() {
            super(home());
        }

        @Override
        Compression compression() {
            return Compression.ZSTD;
        }
    }
}
