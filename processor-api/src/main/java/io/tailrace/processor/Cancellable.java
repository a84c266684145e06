package io.tailrace.processor;

/** The handle of a scheduled {@link Punctuator}. Owner: the task's thread. */
@FunctionalInterface
public interface Cancellable {
    /** Ends the schedule; a second call does nothing. May be called by the punctuator itself. */
    void cancel();
}
