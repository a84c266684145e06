/** Benchmarks of topologies on the real runtime: records per second through operators, stores and commits. */
@NullMarked
package io.tailrace.benchmarks.streams;

import org.jspecify.annotations.NullMarked;
