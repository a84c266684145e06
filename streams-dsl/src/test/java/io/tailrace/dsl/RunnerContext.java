package io.tailrace.dsl;

import io.tailrace.processor.Cancellable;
import io.tailrace.processor.PunctuationType;
import io.tailrace.processor.Punctuator;
import io.tailrace.processor.RecordMetadata;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.TaskId;
import io.tailrace.processor.api.ProcessorContext;
import io.tailrace.processor.api.Record;
import io.tailrace.serde.Serde;
import io.tailrace.serde.Serdes;
import java.io.File;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The context of one processor in a {@link TopologyRunner}. It has no clock and no timers. */
final class RunnerContext implements ProcessorContext<Object, Object> {
    private final TopologyRunner runner;
    private final Path stateDir;
    private final List<String> children;

    RunnerContext(TopologyRunner runner, Path stateDir, List<String> children) {
        this.runner = runner;
        this.stateDir = stateDir;
        this.children = children;
    }

    @Override
    public <K, V> void forward(Record<K, V> record) {
        children.forEach(child -> runner.to(child, untyped(record)));
    }

    @Override
    public <K, V> void forward(Record<K, V> record, String childName) {
        if (!children.contains(childName)) {
            throw new IllegalArgumentException("no child " + childName + " among " + children);
        }
        runner.to(childName, untyped(record));
    }

    @SuppressWarnings("unchecked") // a record is read only
    private static Record<Object, Object> untyped(Record<?, ?> record) {
        return (Record<Object, Object>) record;
    }

    @Override
    public String applicationId() {
        return "test";
    }

    @Override
    public TaskId taskId() {
        return new TaskId(0, 0);
    }

    @Override
    public Optional<RecordMetadata> recordMetadata() {
        return Optional.ofNullable(runner.metadata());
    }

    @Override
    public Serde<?> keySerde() {
        return Serdes.String();
    }

    @Override
    public Serde<?> valueSerde() {
        return Serdes.String();
    }

    @Override
    public File stateDir() {
        return stateDir.toFile();
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // as in the interface
    public <S extends StateStore> S getStateStore(String name) {
        return runner.store(name);
    }

    @Override
    public Cancellable schedule(Duration interval, PunctuationType type, Punctuator callback) {
        throw new UnsupportedOperationException("this runner has no timers");
    }

    @Override
    public Cancellable schedule(Instant startTime, Duration interval, PunctuationType type, Punctuator callback) {
        throw new UnsupportedOperationException("this runner has no timers");
    }

    @Override
    public void commit() {}

    @Override
    public Map<String, Object> appConfigs() {
        return Map.of();
    }

    @Override
    public Map<String, Object> appConfigsWithPrefix(String prefix) {
        return Map.of();
    }

    @Override
    public long currentSystemTimeMs() {
        throw new UnsupportedOperationException("operators do not read the clock");
    }

    @Override
    public long currentStreamTimeMs() {
        return runner.streamTimeMs();
    }
}
