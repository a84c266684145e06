package io.tailrace.runtime.task;

import io.tailrace.processor.api.Record;

/** One node of a task's tree. Owner: the task's thread. */
abstract class Node {
    static final Node[] NO_CHILDREN = {};

    final String name;

    Node(String name) {
        this.name = name;
    }

    /** Called once, after the stores were restored. */
    abstract void init();

    /** Takes the record through this node and everything below it. */
    abstract void process(Record<Object, Object> record);

    abstract void close();
}
