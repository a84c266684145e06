package io.tailrace.errors.handler;

/** Decides what follows when processing failed in a thread of the application (KIP-671). Called on that thread. */
@FunctionalInterface
public interface StreamsUncaughtExceptionHandler {
    /** @param exception what ended the thread, usually a {@link io.tailrace.errors.StreamsException} */
    StreamThreadExceptionResponse handle(Throwable exception);

    /** What to do after the failure. */
    enum StreamThreadExceptionResponse {
        /** Start another thread, which goes on at the last commit. */
        REPLACE_THREAD(0, "REPLACE_THREAD"),
        /** Close this instance of the application. */
        SHUTDOWN_CLIENT(1, "SHUTDOWN_CLIENT"),
        /** Close all instances of the application. */
        SHUTDOWN_APPLICATION(2, "SHUTDOWN_APPLICATION");

        public final int id;
        public final String name;

        StreamThreadExceptionResponse(int id, String name) {
            this.id = id;
            this.name = name;
        }
    }
}
