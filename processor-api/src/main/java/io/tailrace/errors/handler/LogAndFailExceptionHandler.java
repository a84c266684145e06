package io.tailrace.errors.handler;

import io.tailrace.common.ConsumerRecord;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a record that cannot be deserialized and stops; the default of an application. With a dead letter topic in the
 * configuration the record goes there, too.
 */
public class LogAndFailExceptionHandler implements DeserializationExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LogAndFailExceptionHandler.class);

    private DeadLetterRecords deadLetters = DeadLetterRecords.none();

    /** Reads {@code errors.dead.letter.queue.topic.name}. */
    @Override
    public void configure(Map<String, ?> configs) {
        deadLetters = DeadLetterRecords.fromConfig(configs);
    }

    @Override
    public Response handleError(
            ErrorHandlerContext context, ConsumerRecord<byte[], byte[]> record, Exception exception) {
        LOG.error(
                "Record {}-{}@{} cannot be deserialized, task {}, source {}",
                record.topic(),
                record.partition(),
                record.offset(),
                context.taskId(),
                context.processorNodeId(),
                exception);
        return Response.fail(deadLetters.of(record, exception));
    }
}
