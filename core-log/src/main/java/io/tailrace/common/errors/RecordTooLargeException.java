package io.tailrace.common.errors;

import java.io.Serial;

/**
 * A record is larger than the limit that a config sets. Nothing was written.
 */
public final class RecordTooLargeException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    private final long sizeBytes;
    private final long limitBytes;

    /** @param limitKey the config key that sets the limit, for example {@code "max.request.size"} */
    public RecordTooLargeException(String topic, long sizeBytes, long limitBytes, String limitKey) {
        super("record of " + sizeBytes + " bytes for topic '" + topic + "' is larger than " + limitKey + " = "
                + limitBytes + " bytes; make the record smaller or raise " + limitKey);
        this.sizeBytes = sizeBytes;
        this.limitBytes = limitBytes;
    }

    public long sizeBytes() {
        return sizeBytes;
    }

    public long limitBytes() {
        return limitBytes;
    }
}
