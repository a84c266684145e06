package io.tailrace.common.errors;

import java.io.Serial;

/** A transaction coordinator that has been replaced tried to end a transaction. Nothing was written. */
public final class TransactionCoordinatorFencedException extends TailraceException {
    @Serial
    private static final long serialVersionUID = 1L;

    public TransactionCoordinatorFencedException(
            String topic, int partition, long producerId, int coordinatorEpoch, int currentCoordinatorEpoch) {
        super(topic + "-" + partition + ": marker for producer " + producerId + " is of coordinator epoch "
                + coordinatorEpoch + ", expected " + currentCoordinatorEpoch + " or more; a newer coordinator is at"
                + " work");
    }
}
