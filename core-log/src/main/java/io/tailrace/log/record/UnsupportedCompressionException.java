package io.tailrace.log.record;

import io.tailrace.common.errors.TailraceException;
import java.io.Serial;

/** A batch is intact, but compressed with a codec that this version does not read. The bytes stay as they are. */
public final class UnsupportedCompressionException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    private static final String[] NAMES = {"none", "gzip", "snappy", "lz4", "zstd"};

    UnsupportedCompressionException(String file, long position, int codec) {
        super(file + " at " + position + ": compression " + (codec < NAMES.length ? NAMES[codec] : "codec") + " ("
                + codec + ") is not supported, expected none (0); write the records without compression");
    }
}
