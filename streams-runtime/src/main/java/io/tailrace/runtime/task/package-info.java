/**
 * One task at work: input queues merged by time, the tree of nodes that a record falls through by plain nested calls, the
 * task's stores, its punctuators, and what it has to commit. The way of a record: {@link
 * io.tailrace.runtime.task.ActiveTask#process} takes the earliest one from the queues and gives it to its source node;
 * processor nodes hand it on through their context; a sink node or a changelog ends at the producer.
 */
@NullMarked
package io.tailrace.runtime.task;

import org.jspecify.annotations.NullMarked;
