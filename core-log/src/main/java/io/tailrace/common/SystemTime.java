package io.tailrace.common;

/** The only class that reads the clock of the JDK. */
final class SystemTime implements Time {
    @Override
    public long milliseconds() {
        return System.currentTimeMillis();
    }

    @Override
    public long nanoseconds() {
        return System.nanoTime();
    }

    @Override
    public String toString() {
        return "Time.SYSTEM";
    }
}
