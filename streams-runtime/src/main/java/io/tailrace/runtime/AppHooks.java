package io.tailrace.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.tailrace.errors.handler.StreamsUncaughtExceptionHandler;
import io.tailrace.errors.handler.StreamsUncaughtExceptionHandler.StreamThreadExceptionResponse;
import io.tailrace.processor.StateRestoreListener;
import io.tailrace.runtime.restore.IgnoredRestore;
import org.jspecify.annotations.Nullable;

/**
 * What the program has hooked into an application before its start.
 *
 * @param uncaughtHandler asked what follows when a worker fails
 * @param meterRegistry null: nothing is measured but plain counts
 */
record AppHooks(
        StreamsUncaughtExceptionHandler uncaughtHandler,
        StateRestoreListener restoreListener,
        @Nullable MeterRegistry meterRegistry) {
    /** A failure ends the application, and nobody watches. */
    static final AppHooks NONE = new AppHooks(
            failure -> StreamThreadExceptionResponse.SHUTDOWN_CLIENT,
            IgnoredRestore.INSTANCE, /* meterRegistry */
            null);

    AppHooks withUncaughtHandler(StreamsUncaughtExceptionHandler handler) {
        return new AppHooks(handler, restoreListener, meterRegistry);
    }

    AppHooks withRestoreListener(@Nullable StateRestoreListener listener) {
        return new AppHooks(uncaughtHandler, listener == null ? IgnoredRestore.INSTANCE : listener, meterRegistry);
    }

    AppHooks withMeterRegistry(@Nullable MeterRegistry registry) {
        return new AppHooks(uncaughtHandler, restoreListener, registry);
    }
}
