package io.tailrace.runtime;

import io.tailrace.runtime.StreamsApp.State;
import io.tailrace.runtime.StreamsApp.StateListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The state of one application: allows only valid transitions, logs and tells each. Any thread; guarded by itself. */
final class AppState {
    private static final Logger LOG = LoggerFactory.getLogger(StreamsApp.class);

    private final String applicationId;
    private State state = State.CREATED;
    private @Nullable StateListener listener;

    AppState(String applicationId) {
        this.applicationId = applicationId;
    }

    synchronized State get() {
        return state;
    }

    synchronized void setListener(@Nullable StateListener newListener) {
        requireCreated();
        listener = newListener;
    }

    /** @throws IllegalStateException when the application was started before */
    synchronized void requireCreated() {
        if (!state.hasNotStarted()) {
            throw new IllegalStateException("application " + applicationId + " is " + state
                    + ": set handlers and listeners before it is started");
        }
    }

    /**
     * Moves on if that is valid now, then tells the listener, without a lock: it may call the application.
     *
     * @return false when it is not valid, as when the application is being closed meanwhile
     */
    boolean moveTo(State next) {
        State before;
        StateListener told;
        synchronized (this) {
            before = state;
            if (!before.isValidTransition(next)) {
                return false;
            }
            state = next;
            told = listener;
        }
        LOG.info("Application {} is {} (was {})", applicationId, next, before);
        if (told != null) {
            told.onChange(next, before);
        }
        return true;
    }
}
