package io.tailrace.log.api;

import java.time.Duration;

/**
 * When records survive a power loss. A crash of the process alone never takes an acknowledged record, whatever the choice.
 *
 * @param mode what an acknowledgement waits for
 * @param interval of {@link Mode#INTERVAL}: the longest time that a record stays unforced; zero otherwise
 */
public record Durability(Mode mode, Duration interval) {

    /** What an acknowledgement waits for. */
    public enum Mode {
        /** The operating system has the bytes and writes them to the device when it likes. */
        OS,
        /** The device has the bytes. Consumers see a record only then. */
        FSYNC,
        /** As {@link #OS}, but the bytes are forced to the device at least once per interval. */
        INTERVAL
    }

    /** Acknowledged when the operating system has the bytes: survives a crash of the process, not a power loss. */
    public static final Durability OS = new Durability(Mode.OS, Duration.ZERO);

    /**
     * Acknowledged when the device has the bytes: survives a power loss. Acknowledgements that come up while the device is at
     * work share the next force.
     */
    public static final Durability FSYNC = new Durability(Mode.FSYNC, Duration.ZERO);

    public Durability {
        boolean positive = interval.compareTo(Duration.ZERO) > 0;
        if (positive != (mode == Mode.INTERVAL)) {
            throw new IllegalArgumentException("durability " + mode + " with an interval of " + interval
                    + ", expected one of more than zero for INTERVAL and zero otherwise");
        }
    }

    /**
     * Acknowledged at once, and forced in the background at least this often: a power loss takes no more than the records of the
     * last interval, and those of a force that was under way.
     */
    public static Durability every(Duration interval) {
        return new Durability(Mode.INTERVAL, interval);
    }

    /** Whether an acknowledgement waits for the device. */
    public boolean isForced() {
        return mode == Mode.FSYNC;
    }
}
