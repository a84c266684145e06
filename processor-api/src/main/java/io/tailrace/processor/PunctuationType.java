package io.tailrace.processor;

/** The clock that drives a {@link Punctuator}. */
public enum PunctuationType {
    /** Stream time: the highest record timestamp that the task has seen. It stands still while no record arrives. */
    STREAM_TIME,
    /** Wall-clock time: the application's {@link io.tailrace.common.Time}. It goes on without records. */
    WALL_CLOCK_TIME
}
