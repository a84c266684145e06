package io.tailrace.runtime.task;

import io.tailrace.processor.api.Processor;
import io.tailrace.processor.api.Record;

/** Runs one processor. Owner: the task's thread. */
final class ProcessorNode extends Node {
    private static final String HINT =
            " (the types that arrive here are not the ones expected: most likely a serde of the"
                    + " source, or a default serde, does not fit)";

    private final Processor<Object, Object, Object, Object> processor;
    private final NodeContext context;
    private boolean initialized;

    ProcessorNode(String name, Processor<Object, Object, Object, Object> processor, NodeContext context) {
        super(name);
        this.processor = processor;
        this.context = context;
    }

    @Override
    void init() {
        try {
            initialized = true; // a processor that fails half way may have something to close
            processor.init(context);
        } catch (Exception e) {
            throw context.scope.locate("processor", name, e, HINT);
        }
    }

    @Override
    void process(Record<Object, Object> record) {
        try {
            processor.process(record);
        } catch (Exception e) { // not only unchecked ones: other languages throw checked exceptions without saying so
            context.scope.failures.processing("processor", name, record, e);
        }
    }

    @Override
    void close() {
        if (initialized) {
            initialized = false;
            processor.close();
        }
    }
}
