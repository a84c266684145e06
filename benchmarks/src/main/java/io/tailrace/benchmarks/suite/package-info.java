/**
 * How fast the log is beside its peers: Apache Kafka, Chronicle Queue and a bare file, in the same run on the same machine.
 *
 * <p>{@link io.tailrace.benchmarks.suite.Suite} plans the measurements and starts a JVM of its own for each; there a {@link
 * io.tailrace.benchmarks.suite.Worker} repeats one measurement on one {@link io.tailrace.benchmarks.suite.Contender}. Results are
 * JSON lines, then a table.
 */
@NullMarked
package io.tailrace.benchmarks.suite;

import org.jspecify.annotations.NullMarked;
