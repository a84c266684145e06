package io.tailrace.runtime.task;

import io.tailrace.errors.handler.DeserializationExceptionHandler;
import io.tailrace.errors.handler.LogAndFailProcessingExceptionHandler;
import io.tailrace.errors.handler.ProcessingExceptionHandler;
import io.tailrace.errors.handler.ProductionExceptionHandler;
import io.tailrace.runtime.config.StreamsConfig;

/** The handlers of one thread of the application. */
public record ExceptionHandlers(
        DeserializationExceptionHandler deserialization,
        ProcessingExceptionHandler processing,
        ProductionExceptionHandler production) {
    /** Those of a worker. */
    public static ExceptionHandlers ofWorker(StreamsConfig config) {
        return new ExceptionHandlers(
                config.deserializationExceptionHandler(),
                config.processingExceptionHandler(),
                config.productionExceptionHandler());
    }

    /** Those of the thread that fills global stores, whose processors fail for good unless that was configured. */
    public static ExceptionHandlers ofGlobalStores(StreamsConfig config) {
        return new ExceptionHandlers(
                config.deserializationExceptionHandler(),
                config.processingExceptionHandlerGlobalEnabled()
                        ? config.processingExceptionHandler()
                        : new LogAndFailProcessingExceptionHandler(),
                config.productionExceptionHandler());
    }
}
