package io.tailrace.runtime;

import io.tailrace.errors.StreamsException;
import io.tailrace.errors.handler.StreamsUncaughtExceptionHandler;
import io.tailrace.errors.handler.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What an application failed of, if it did: the first failure that it did not survive. Any thread; guarded by this. */
final class AppFailure {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsApp.class);

    private final String applicationId;
    private final StreamsUncaughtExceptionHandler handler;
    private @Nullable Throwable first;

    AppFailure(String applicationId, StreamsUncaughtExceptionHandler handler) {
        this.applicationId = applicationId;
        this.handler = handler;
    }

    /** What the program says to it; called without a lock. */
    StreamThreadExceptionResponse ask(Throwable cause) {
        try {
            return handler.handle(cause);
        } catch (RuntimeException e) {
            LOG.error("The uncaught exception handler of application {} failed itself", applicationId, e);
            return StreamThreadExceptionResponse.SHUTDOWN_CLIENT;
        }
    }

    synchronized void keep(Throwable cause) {
        if (first == null) {
            first = cause;
        }
    }

    synchronized @Nullable Throwable first() {
        return first;
    }

    /** @throws StreamsException when the application has failed */
    void rethrow() {
        Throwable cause = first();
        if (cause != null) {
            throw new StreamsException("application " + applicationId + " failed: " + cause.getMessage(), cause);
        }
    }
}
