package io.tailrace.errors.handler;

import io.tailrace.common.ConsumerRecord;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a record that cannot be deserialized, drops it and goes on. With a dead letter topic in the configuration the
 * record goes there.
 */
public class LogAndContinueExceptionHandler implements DeserializationExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LogAndContinueExceptionHandler.class);

    private DeadLetterRecords deadLetters = DeadLetterRecords.none();

    /** Reads {@code errors.dead.letter.queue.topic.name}. */
    @Override
    public void configure(Map<String, ?> configs) {
        deadLetters = DeadLetterRecords.fromConfig(configs);
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        LOG.warn(
                "Record {}-{}@{} cannot be deserialized and is dropped, task {}, source {}",
                record.topic(),
                record.partition(),
                record.offset(),
                context.taskId(),
                context.processorNodeId(),
                exception);
        return Response.resume(deadLetters.of(record, exception));
    }
}
