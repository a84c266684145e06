package io.tailrace.log.record;

import io.tailrace.common.errors.TailraceException;
import java.io.Serial;

/** A batch is intact, but compressed with a codec that Kafka did not have when this was written. The bytes stay as they are. */
public final class UnsupportedCompressionException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    UnsupportedCompressionException(String file, long position, int codec) {
        super(file + " at " + position + ": compression codec " + codec
                + " is not known, expected 0..4 (none, gzip, snappy,"
                + " lz4, zstd); write the records with one of these");
    }
}
