package io.tailrace.log.inspect;

/**
 * What a backup holds.
 *
 * @param partitions that have a directory
 * @param files in their directories
 * @param copiedBytes of files that were copied
 * @param linkedBytes of files that the backup shares with the log, as hard links
 */
public record BackupReport(int topics, int partitions, int files, long copiedBytes, long linkedBytes) {}
