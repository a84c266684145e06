package io.tailrace.runtime.task;

import io.tailrace.common.Time;

/**
 * A clock that stands still while its worker takes a turn, so that nothing in the turn has to read the real one. Owner: the
 * worker's thread.
 */
public final class TurnClock implements Time {
    private final Time time;
    private long nowMs;
    private long nowNs;

    public TurnClock(Time time) {
        this.time = time;
        tick();
    }

    /** Takes over the time of the real clock; once per turn. */
    public void tick() {
        nowMs = time.milliseconds();
        nowNs = time.nanoseconds();
    }

    @Override
    public long milliseconds() {
        return nowMs;
    }

    @Override
    public long nanoseconds() {
        return nowNs;
    }
}
