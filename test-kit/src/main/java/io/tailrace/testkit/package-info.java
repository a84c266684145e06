/**
 * Tests of topologies. {@link io.tailrace.testkit.TopologyTestDriver} drives the real runtime, in the calling thread, on a log
 * in memory with a clock that only the test moves; records go in by a {@link io.tailrace.testkit.TestInputTopic} and come out
 * of a {@link io.tailrace.testkit.TestOutputTopic}.
 */
@NullMarked
package io.tailrace.testkit;

import org.jspecify.annotations.NullMarked;
