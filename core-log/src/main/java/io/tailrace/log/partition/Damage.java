package io.tailrace.log.partition;

import io.tailrace.log.record.Defect;

/**
 * Bytes of a segment file that are not an intact batch.
 *
 * @param firstOffset the offset that the first damaged batch should have
 */
record Damage(int position, int bytes, long firstOffset, Defect defect) {}
