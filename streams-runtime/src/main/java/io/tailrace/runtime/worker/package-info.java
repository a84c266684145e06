/**
 * The loop that drives tasks: {@link io.tailrace.runtime.worker.Worker} takes one turn after the other on the thread of its
 * caller, {@link io.tailrace.runtime.worker.WorkerThread} runs it on a thread of its own. What a commit is, is behind {@link
 * io.tailrace.runtime.worker.CommitProtocol}.
 */
@NullMarked
package io.tailrace.runtime.worker;

import org.jspecify.annotations.NullMarked;
