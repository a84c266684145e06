package io.tailrace.kstream;

import io.tailrace.state.Window;

/** A window that never ends: its end is {@link Long#MAX_VALUE}. */
public final class UnlimitedWindow extends Window {
    public UnlimitedWindow(long startMs) {
        super(startMs, Long.MAX_VALUE);
    }

    /** Always true: both last to the end of time. */
    @Override
    public boolean overlap(Window other) {
        if (!(other instanceof UnlimitedWindow)) {
            throw new IllegalArgumentException("cannot compare an UnlimitedWindow with a "
                    + other.getClass().getSimpleName() + ": both must be of one type");
        }
        return true;
    }
}
