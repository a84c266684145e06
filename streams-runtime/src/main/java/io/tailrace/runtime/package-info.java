/**
 * The entry of the runtime: {@link io.tailrace.runtime.StreamsApp} runs a topology on an event log. The main path of a
 * record: {@link io.tailrace.runtime.worker.Worker#runOnce}, {@link io.tailrace.runtime.task.ActiveTask#process}, the nodes of
 * its tree, and the producer at the end.
 *
 * <p>Threads: each worker thread owns its worker, tasks and stores; the global stores thread owns the global stores. Between
 * threads there are only:
 *
 * <pre>
 *   what                          written by        read by        how
 *   AppRun, AppThreads, AppState  any               any            monitors, in this order; listeners are called without
 *   Worker.commitWhenIdle         any               the worker     volatile, and a wakeup of its consumer
 *   WorkerThread.stopping         any               the worker     volatile, and a wakeup of its consumer
 *   StreamsEngine.committed       workers           any            concurrent map, once per commit
 *   StoreRegistry                 workers           any            concurrent maps, when a task starts or closes
 *   QueryableStore.readOnlyView   the owner         any            the store's own affair
 *   StateDirectory.HELD           any               any            monitor, held alone
 * </pre>
 */
@NullMarked
package io.tailrace.runtime;

import org.jspecify.annotations.NullMarked;
