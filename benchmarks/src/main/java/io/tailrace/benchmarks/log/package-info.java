/** Benchmarks of core-log: how fast records go in and come out. */
@NullMarked
package io.tailrace.benchmarks.log;

import org.jspecify.annotations.NullMarked;
