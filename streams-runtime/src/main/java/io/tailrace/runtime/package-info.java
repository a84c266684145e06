/**
 * The entry of the runtime: {@link io.tailrace.runtime.StreamsApp} runs a topology on an event log. The main path of a
 * record: {@link io.tailrace.runtime.worker.Worker#runOnce}, {@link io.tailrace.runtime.task.ActiveTask#process}, the nodes of
 * its tree, and the producer at the end.
 */
@NullMarked
package io.tailrace.runtime;

import org.jspecify.annotations.NullMarked;
