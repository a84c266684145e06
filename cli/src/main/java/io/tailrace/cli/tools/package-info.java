/**
 * The commands that work on a data directory: topics, records, groups, and the files themselves. Each reads its options, calls
 * the log and prints, as tables for people or as JSON.
 */
@NullMarked
package io.tailrace.cli.tools;

import org.jspecify.annotations.NullMarked;
