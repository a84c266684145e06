package io.tailrace.common.errors;

import java.io.Serial;

/**
 * An idempotent producer sent a batch that does not follow its last one: a batch in between was not written, or the batch is a
 * repetition of one that is too old to be recognized. It was not written.
 */
public final class OutOfOrderSequenceException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * @param sequence of the first record of the batch
     * @param expected for example {@code "7"}
     */
    public OutOfOrderSequenceException(
            String topic, int partition, long producerId, short producerEpoch, int sequence, String expected) {
        super(topic + "-" + partition + ": batch of producer " + producerId + " epoch " + producerEpoch
                + " begins with sequence " + sequence + ", expected " + expected
                + "; records before it may be missing, begin again with a new producer");
    }
}
