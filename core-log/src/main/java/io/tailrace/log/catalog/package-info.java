/**
 * What the log knows about its topics: names, ids, partition counts and configs, kept as JSON beside the partitions; and the
 * marker file that says that a directory is a log at all. Small files, written as a whole and atomically.
 */
@NullMarked
package io.tailrace.log.catalog;

import org.jspecify.annotations.NullMarked;
