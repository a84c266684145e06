package io.tailrace.log.inspect;

import java.util.List;

/**
 * What a check of a log has found.
 *
 * @param moving whether somebody may have written meanwhile; then it holds for what was there at the beginning
 * @param partitions that have a directory
 * @param batches intact ones
 * @param records in intact batches
 * @param bytes of log files, damaged ones included
 * @param findings the most severe first, then in the order of files and positions
 */
public record VerifyReport(
        boolean moving,
        int topics,
        int partitions,
        int segments,
        long batches,
        long records,
        long bytes,
        List<Finding> findings) {

    /** Whether there is nothing worse than a note. */
    public boolean isClean() {
        return findings.stream().allMatch(finding -> finding.severity() == Severity.NOTE);
    }
}
