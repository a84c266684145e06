package io.tailrace.stores;

import io.tailrace.common.ConsumerRecord;
import io.tailrace.common.TimestampType;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.header.Headers;
import io.tailrace.common.header.RecordHeaders;
import io.tailrace.processor.BatchingStateRestoreCallback;
import io.tailrace.processor.Changelog;
import io.tailrace.processor.CommitCallback;
import io.tailrace.processor.KeyValue;
import io.tailrace.processor.RecordMetadata;
import io.tailrace.processor.RecordRestoreCallback;
import io.tailrace.processor.StateRestoreCallback;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.StateStoreContext;
import io.tailrace.processor.TaskId;
import io.tailrace.processor.WriteBack;
import io.tailrace.serde.Serde;
import io.tailrace.serde.Serdes;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A task as its stores see it: keeps what they log, and can restore a store from it. */
public class TestContext implements StateStoreContext {
    /** What the task's clock says to a changelog that is given no time. */
    public static final long RECORD_TIME = 4711;

    private final Path stateDir;
    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> changelogs = new HashMap<>();
    private final Map<String, StateRestoreCallback> restoreCallbacks = new HashMap<>();
    private final Map<String, CommitCallback> commitCallbacks = new HashMap<>();
    private final Map<String, StateStore> registered = new HashMap<>();
    private final Map<String, Object> configs = new HashMap<>();
    private final TestWriteBack writeBack = new TestWriteBack(1_000_000);

    public TestContext(Path stateDir) {
        this.stateDir = stateDir;
    }

    public static TopicPartition changelogOf(String store) {
        return new TopicPartition("app-" + store + "-changelog", 0);
    }

    /** What the store has logged so far. */
    public List<ConsumerRecord<byte[], byte[]>> logged(String store) {
        return changelogs.computeIfAbsent(store, name -> new ArrayList<>());
    }

    public StateStore registered(String store) {
        return Objects.requireNonNull(registered.get(store));
    }

    public CommitCallback commitCallback(String store) {
        return Objects.requireNonNull(commitCallbacks.get(store));
    }

    /** The next offset of the store's changelog, as a commit would be given it, once the store was told that one begins. */
    public Map<TopicPartition, Long> end(String store) {
        try {
            commitCallback(store).onCommit();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(changelogOf(store), (long) logged(store).size());
    }

    /** Hands records to the restore callback that the store has registered, a few at a time. */
    public void restore(String store, List<ConsumerRecord<byte[], byte[]>> records) {
        StateRestoreCallback callback = Objects.requireNonNull(restoreCallbacks.get(store));
        for (int from = 0; from < records.size(); from += 7) {
            List<ConsumerRecord<byte[], byte[]>> batch = records.subList(from, Math.min(from + 7, records.size()));
            if (callback instanceof RecordRestoreCallback whole) {
                whole.restoreRecords(batch);
            } else if (callback instanceof BatchingStateRestoreCallback many) {
                many.restoreAll(batch.stream()
                        .map(entry -> KeyValue.pair(entry.key(), entry.value()))
                        .toList());
            } else {
                batch.forEach(entry -> callback.restore(Objects.requireNonNull(entry.key()), entry.value()));
            }
        }
    }

    /** From now on that record is being processed. */
    public void process(long offset, long timestamp, Headers headers) {
        writeBack.process(offset, timestamp, headers);
    }

    /** A store that is built with a cache has one of ample size. */
    @Override
    public Optional<WriteBack> writeBack() {
        return Optional.of(writeBack);
    }

    @Override
    public Changelog changelog(String storeName) {
        List<ConsumerRecord<byte[], byte[]>> records = logged(storeName);
        return (key, value, timestampMs, headers) -> records.add(record(
                storeName,
                records.size(),
                timestampMs == ConsumerRecord.NO_TIMESTAMP ? RECORD_TIME : timestampMs,
                key,
                value,
                headers == null ? writeBack.headers() : headers));
    }

    public static ConsumerRecord<byte[], byte[]> record(
            String store, long offset, long timestamp, byte @Nullable [] key, byte @Nullable [] value) {
        return record(store, offset, timestamp, key, value, new RecordHeaders());
    }

    private static ConsumerRecord<byte[], byte[]> record(
            String store,
            long offset,
            long timestamp,
            byte @Nullable [] key,
            byte @Nullable [] value,
            Headers headers) {
        TopicPartition changelog = changelogOf(store);
        return new ConsumerRecord<>(
                changelog.topic(),
                changelog.partition(),
                offset,
                timestamp,
                TimestampType.CREATE_TIME,
                key == null ? -1 : key.length,
                value == null ? -1 : value.length,
                key,
                value,
                new RecordHeaders(headers));
    }

    @Override
    public void register(StateStore store, StateRestoreCallback restoreCallback, CommitCallback commitCallback) {
        if (registered.putIfAbsent(store.name(), store) != null) {
            throw new IllegalStateException("store '" + store.name() + "' registered twice");
        }
        restoreCallbacks.put(store.name(), restoreCallback);
        commitCallbacks.put(store.name(), commitCallback);
    }

    @Override
    public String applicationId() {
        return "app";
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
        return Serdes.Long();
    }

    @Override
    public File stateDir() {
        return stateDir.toFile();
    }

    @Override
    public Map<String, Object> appConfigs() {
        return configs;
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
