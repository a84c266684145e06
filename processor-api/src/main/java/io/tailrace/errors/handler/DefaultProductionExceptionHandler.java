package io.tailrace.errors.handler;

import io.tailrace.common.ProducerRecord;
import io.tailrace.common.errors.TimeoutException;
import java.util.Map;

/**
 * Stops at an output record that cannot be written, except for a lack of room, which time may cure; the default of an
 * application. With a dead letter topic in the configuration the input record goes there, or where there is none, as in a
 * punctuator, the output record.
 */
public class DefaultProductionExceptionHandler implements ProductionExceptionHandler {
    private DeadLetterRecords deadLetters = DeadLetterRecords.none();

    /** Reads {@code errors.dead.letter.queue.topic.name}. */
    @Override
    public void configure(Map<String, ?> configs) {
        deadLetters = DeadLetterRecords.fromConfig(configs);
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ProducerRecord<byte[], byte[]> record, Exception exception) {
        if (exception instanceof TimeoutException) {
            return Response.retry();
        }
        return Response.fail(deadLetters.of(context, record.key(), record.value(), exception));
    }

    @Override
    @SuppressWarnings("rawtypes") // the signature of the interface
    public Response handleSerializationError(
            ErrorHandlerContext context,
            ProducerRecord record,
            Exception exception,
            SerializationExceptionOrigin origin) {
        return Response.fail(deadLetters.of(context, exception));
    }
}
