package io.tailrace.runtime.worker;

import java.util.Collection;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Closes many things although some may fail: goes on, keeps the first failure and throws it at the end. One thread. */
public final class Closing {
    private @Nullable RuntimeException failure;

    public Closing run(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            if (failure == null) {
                failure = e;
            } else if (failure != e) {
                failure.addSuppressed(e);
            }
        }
        return this;
    }

    public <T> Closing each(Collection<? extends T> things, Consumer<? super T> step) {
        things.forEach(thing -> run(() -> step.accept(thing)));
        return this;
    }

    public boolean hasFailed() {
        return failure != null;
    }

    /** Throws the first failure, if there was one. */
    public void rethrow() {
        if (failure != null) {
            throw failure;
        }
    }

    /** Adds the failures to the exception that led here, which stays the one that is reported. */
    public void suppressedBy(Throwable cause) {
        if (failure != null && failure != cause) {
            cause.addSuppressed(failure);
        }
    }
}
