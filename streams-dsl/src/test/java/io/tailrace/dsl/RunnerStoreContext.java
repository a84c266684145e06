package io.tailrace.dsl;

import io.tailrace.processor.Changelog;
import io.tailrace.processor.CommitCallback;
import io.tailrace.processor.RecordMetadata;
import io.tailrace.processor.StateRestoreCallback;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.StateStoreContext;
import io.tailrace.processor.TaskId;
import io.tailrace.serde.Serde;
import io.tailrace.serde.Serdes;
import java.io.File;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The context of the stores in a {@link TopologyRunner}: strings by default, changelogs are only noted down. */
record RunnerStoreContext(Path dir, List<String> changelogged) implements StateStoreContext {
    @Override
    public String applicationId() {
        return "test";
    }

    @Override
    public TaskId taskId() {
        return new TaskId(0, 0);
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
        return dir.toFile();
    }

    @Override
    public void register(StateStore store, StateRestoreCallback restoreCallback, CommitCallback commitCallback) {}

    @Override
    public Changelog changelog(String storeName) {
        return (key, value, timestampMs, headers) -> changelogged.add(storeName);
    }

    @Override
    public Map<String, Object> appConfigs() {
        return Map.of();
    }

    @Override
    public Map<String, Object> appConfigsWithPrefix(String prefix) {
        return Map.of();
    }

    @Override
    public Optional<RecordMetadata> recordMetadata() {
        return Optional.empty();
    }
}
