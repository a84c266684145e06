package io.tailrace.errors.handler;

import io.tailrace.common.ProducerRecord;
import java.util.List;

/**
 * What every handler answers: a result, and records to be written to dead letter topics, with the next commit or, when the result
 * is to fail, at once. Each handler has a response of its own, with its own results, as handlers written for Kafka Streams name
 * it. Immutable.
 *
 * @param <R> the results that the handler may have
 */
abstract class HandlerResponse<R extends Enum<R>> {
    private final R result;
    private final List<ProducerRecord<byte[], byte[]>> deadLetterQueueRecords;

    HandlerResponse(R result, List<ProducerRecord<byte[], byte[]>> deadLetterQueueRecords) {
        this.result = result;
        this.deadLetterQueueRecords = List.copyOf(deadLetterQueueRecords);
    }

    public R result() {
        return result;
    }

    public List<ProducerRecord<byte[], byte[]>> deadLetterQueueRecords() {
        return deadLetterQueueRecords;
    }
}
