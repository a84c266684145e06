package io.tailrace.kstream;

import io.tailrace.state.Window;
import java.util.Map;

/**
 * How time is cut into windows of a fixed size. Implementations are immutable.
 *
 * @param <W> the windows' type
 */
public abstract class Windows<W extends Window> {
    protected static final long NO_GRACE_PERIOD = 0L;

    protected Windows() {}

    /**
     * All windows that a point in time lies in.
     *
     * @param timestamp epoch milliseconds, 0 or more
     * @return by the windows' starts in epoch milliseconds, oldest first
     */
    public abstract Map<Long, W> windowsFor(long timestamp);

    /** Milliseconds from a window's start to its end. */
    public abstract long size();

    /** Milliseconds after a window's end during which late records are still taken. */
    public abstract long gracePeriodMs();
}
