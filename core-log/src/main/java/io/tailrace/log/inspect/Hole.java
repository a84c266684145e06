package io.tailrace.log.inspect;

import io.tailrace.log.record.Defect;

/**
 * Bytes of a log file that are not an intact batch.
 *
 * @param file path in the storage
 * @param firstOffset the least offset that the first record in it can have had
 */
record Hole(String file, long position, long bytes, long firstOffset, Defect defect) {}
