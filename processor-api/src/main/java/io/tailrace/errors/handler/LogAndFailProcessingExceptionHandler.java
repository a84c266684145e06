package io.tailrace.errors.handler;

import io.tailrace.processor.api.Record;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a record whose processing failed and stops; the default of an application. With a dead letter topic in the
 * configuration the input record that it came from goes there, too.
 */
public class LogAndFailProcessingExceptionHandler implements ProcessingExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LogAndFailProcessingExceptionHandler.class);

    private DeadLetterRecords deadLetters = DeadLetterRecords.none();

    /** Reads {@code errors.dead.letter.queue.topic.name}. */
    @Override
    public void configure(Map<String, ?> configs) {
        deadLetters = DeadLetterRecords.fromConfig(configs);
    }

    @Override
    public Response handleError(ErrorHandlerContext context, @Nullable Record<?, ?> record, Exception exception) {
        LOG.error(
                "Record {}-{}@{} fails, task {}, processor {}",
                context.topic(),
                context.partition(),
                context.offset(),
                context.taskId(),
                context.processorNodeId(),
                exception);
        return Response.fail(deadLetters.of(context, exception));
    }
}
