package io.tailrace.log.partition;

import java.time.Duration;
import java.util.List;

/**
 * What opening a log had to check.
 *
 * @param cleanShutdown whether the log had been closed in order; then nothing had to be scanned
 * @param partitions how many were scanned
 * @param bytes of log files that were scanned
 * @param duration of the check when the log was opened
 * @param damages found there, and in partitions that were first used later, in the order they were found
 */
public record RecoverySummary(
        boolean cleanShutdown, int partitions, long bytes, Duration duration, List<RecoveryReport> damages) {

    public RecoverySummary {
        damages = List.copyOf(damages);
    }

    @Override
    public String toString() {
        return (cleanShutdown ? "closed in order" : "not closed in order") + ", scanned " + partitions + " partitions, "
                + bytes + " bytes, in " + duration.toMillis() + " ms, damage found in " + damages.size() + " places";
    }
}
