/**
 * The values that every module speaks in: topic-partitions, records as they are read and written, byte strings, the
 * partitioning hash and the clock. Depends on headers only.
 */
@NullMarked
package io.tailrace.common;

import org.jspecify.annotations.NullMarked;
