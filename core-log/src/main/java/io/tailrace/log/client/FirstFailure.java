package io.tailrace.log.client;

import org.jspecify.annotations.Nullable;

/** Runs all of several steps, such as those of a close, and throws the first failure behind them; later ones are suppressed in it. */
public final class FirstFailure {
    private @Nullable RuntimeException first;

    /** For the clean-up behind a failure. */
    public static FirstFailure of(RuntimeException failure) {
        FirstFailure firstFailure = new FirstFailure();
        firstFailure.first = failure;
        return firstFailure;
    }

    /** Runs the step; what it throws is kept. */
    public void run(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            RuntimeException earlier = first;
            if (earlier == null) {
                first = e;
            } else if (earlier != e) {
                earlier.addSuppressed(e);
            }
        }
    }

    /** Whether a step has failed. */
    public boolean hasHappened() {
        return first != null;
    }

    /** Throws the first failure, if there was one. */
    public void rethrow() {
        RuntimeException failure = first;
        if (failure != null) {
            throw failure;
        }
    }
}
