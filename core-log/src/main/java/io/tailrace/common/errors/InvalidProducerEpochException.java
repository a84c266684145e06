package io.tailrace.common.errors;

import java.io.Serial;

/**
 * A batch or an end-of-transaction marker carries an epoch of its producer that is over: a newer instance has taken its place,
 * or its transaction was ended meanwhile. It was not written.
 */
public final class InvalidProducerEpochException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    /**
     * @param what for example {@code "batch"}
     * @param leastEpoch the least that is accepted
     */
    public InvalidProducerEpochException(
            String topic, int partition, String what, long producerId, short epoch, int leastEpoch) {
        super(topic + "-" + partition + ": " + what + " of producer " + producerId + " has epoch " + epoch
                + ", expected " + leastEpoch + " or more; a newer instance of the producer has taken over, or its"
                + " transaction was ended");
    }
}
