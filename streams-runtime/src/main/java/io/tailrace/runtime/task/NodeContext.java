package io.tailrace.runtime.task;

import io.tailrace.common.header.Headers;
import io.tailrace.errors.StreamsException;
import io.tailrace.processor.Cancellable;
import io.tailrace.processor.PunctuationType;
import io.tailrace.processor.Punctuator;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.api.ProcessorContext;
import io.tailrace.processor.api.Record;
import io.tailrace.processor.api.RecordDrops;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What one processor sees of its task. Each node has its own, so that forwarding is a loop over an array and nobody has to
 * know which node is running. Owner: the task's thread.
 */
final class NodeContext extends ScopedContext implements ProcessorContext<Object, Object>, RecordDrops {
    private final String nodeName;
    private final Node[] children;
    private final Map<String, StateStore> stores;
    private final Punctuations punctuations;

    /** @param stores those that the node is connected to, and all global ones */
    NodeContext(
            TaskScope scope,
            String nodeName,
            Node[] children,
            Map<String, StateStore> stores,
            Punctuations punctuations) {
        super(scope);
        this.nodeName = nodeName;
        this.children = children;
        this.stores = stores;
        this.punctuations = punctuations;
    }

    @Override
    @SuppressWarnings("unchecked") // a record is only read, so one of subtypes may stand for one of objects
    public <K, V> void forward(Record<K, V> record) {
        long timeBefore = scope.eventTimeMs;
        Headers headersBefore = scope.headers;
        scope.at(record); // what children write to their stores has the time of what they got
        try {
            for (Node child : children) {
                child.process((Record<Object, Object>) record);
            }
        } finally {
            scope.at(timeBefore, headersBefore);
        }
    }

    @Override
    @SuppressWarnings("unchecked") // as above
    public <K, V> void forward(Record<K, V> record, String childName) {
        for (Node child : children) {
            if (child.name.equals(childName)) {
                long timeBefore = scope.eventTimeMs;
                Headers headersBefore = scope.headers;
                scope.at(record);
                try {
                    child.process((Record<Object, Object>) record);
                } finally {
                    scope.at(timeBefore, headersBefore);
                }
                return;
            }
        }
        List<String> names = Arrays.stream(children).map(child -> child.name).toList();
        throw new StreamsException("processor '" + nodeName + "' forwards to '" + childName
                + "', which is not among its children " + names);
    }

    @Override
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"}) // the signature of the interface
    public <S extends StateStore> S getStateStore(String name) {
        StateStore store = stores.get(name);
        if (store == null) {
            throw new StreamsException("processor '" + nodeName + "' is not connected to a store '" + name
                    + "', only to "
                    + stores.keySet() + ": name the store when the processor is added, or return its builder from the"
                    + " supplier's stores()");
        }
        return (S) store;
    }

    @Override
    public Cancellable schedule(Duration interval, PunctuationType type, Punctuator callback) {
        return punctuations.schedule(nodeName, interval, type, callback);
    }

    @Override
    public Cancellable schedule(Instant startTime, Duration interval, PunctuationType type, Punctuator callback) {
        return punctuations.scheduleAligned(nodeName, startTime, interval, type, callback);
    }

    @Override
    public void commit() {
        scope.commitRequested = true;
    }

    @Override
    public void dropped() {
        scope.dropped++;
    }

    @Override
    public void late() {
        scope.late++;
    }

    @Override
    public long currentSystemTimeMs() {
        return scope.services.clock().milliseconds();
    }

    @Override
    public long currentStreamTimeMs() {
        return scope.streamTimeMs;
    }
}
