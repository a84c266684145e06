package io.tailrace.errors.handler;

import io.tailrace.processor.api.Record;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Logs a record whose processing failed, drops it and goes on. With a dead letter topic in the configuration the input record
 * that it came from goes there.
 */
public class LogAndContinueProcessingExceptionHandler implements ProcessingExceptionHandler {
    private static final Logger LOG = LoggerFactory.getLogger(LogAndContinueProcessingExceptionHandler.class);

    private DeadLetterRecords deadLetters = DeadLetterRecords.none();

    /** Reads {@code errors.dead.letter.queue.topic.name}. */
    @Override
    public void configure(Map<String, ?> configs) {
        deadLetters = DeadLetterRecords.fromConfig(configs);
    }

    @Override
    public Response handleError(ErrorHandlerContext context, @Nullable Record<?, ?> record, Exception exception) {
        LOG.warn(
                "Record {}-{}@{} fails and is dropped, task {}, processor {}",
                context.topic(),
                context.partition(),
                context.offset(),
                context.taskId(),
                context.processorNodeId(),
                exception);
        return Response.resume(deadLetters.of(context, exception));
    }
}
