package io.tailrace.state;

/** A window that includes both its start and its end, so it may be a single point: {@code [start, end]}. */
public final class SessionWindow extends Window {
    /** @throws IllegalArgumentException when the start is negative or after the end */
    public SessionWindow(long startMs, long endMs) {
        super(startMs, endMs);
    }

    @Override
    public boolean overlap(Window other) {
        if (!(other instanceof SessionWindow that)) {
            throw new IllegalArgumentException("cannot compare a SessionWindow with a "
                    + other.getClass().getSimpleName() + ": both must be of one type");
        }
        return startMs <= that.endMs && that.startMs <= endMs;
    }
}
