/**
 * Benchmarks of topologies on the real runtime: records per second through operators, stores and commits. {@code StreamsSuite} takes
 * each {@code Measurement} of its plan in a JVM of its own, which is a {@code StreamsWorker}.
 */
@NullMarked
package io.tailrace.benchmarks.streams;

import org.jspecify.annotations.NullMarked;
