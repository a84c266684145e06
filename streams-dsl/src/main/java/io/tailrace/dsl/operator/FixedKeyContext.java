package io.tailrace.dsl.operator;

import io.tailrace.processor.Cancellable;
import io.tailrace.processor.PunctuationType;
import io.tailrace.processor.Punctuator;
import io.tailrace.processor.RecordMetadata;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.TaskId;
import io.tailrace.processor.api.FixedKeyProcessorContext;
import io.tailrace.processor.api.FixedKeyRecord;
import io.tailrace.processor.api.InternalFixedKeyRecordFactory;
import io.tailrace.processor.api.ProcessorContext;
import io.tailrace.serde.Serde;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** A processor's context as a fixed-key processor sees it. */
final class FixedKeyContext<K, V> implements FixedKeyProcessorContext<K, V> {
    private final ProcessorContext<K, V> context;

    FixedKeyContext(ProcessorContext<K, V> context) {
        this.context = context;
    }

    @Override
    public <KR extends K, VR extends V> void forward(FixedKeyRecord<KR, VR> record) {
        context.forward(InternalFixedKeyRecordFactory.toRecord(record));
    }

    @Override
    public <KR extends K, VR extends V> void forward(FixedKeyRecord<KR, VR> record, String childName) {
        context.forward(InternalFixedKeyRecordFactory.toRecord(record), childName);
    }

    @Override
    public String applicationId() {
        return context.applicationId();
    }

    @Override
    public TaskId taskId() {
        return context.taskId();
    }

    @Override
    public Optional<RecordMetadata> recordMetadata() {
        return context.recordMetadata();
    }

    @Override
    public Serde<?> keySerde() {
        return context.keySerde();
    }

    @Override
    public Serde<?> valueSerde() {
        return context.valueSerde();
    }

    @Override
    public File stateDir() {
        return context.stateDir();
    }

    @Override
    @SuppressWarnings("TypeParameterUnusedInFormals") // as in the interface
    public <S extends StateStore> S getStateStore(String name) {
        return context.getStateStore(name);
    }

    @Override
    public Cancellable schedule(Duration interval, PunctuationType type, Punctuator callback) {
        return context.schedule(interval, type, callback);
    }

    @Override
    public Cancellable schedule(Instant startTime, Duration interval, PunctuationType type, Punctuator callback) {
        return context.schedule(startTime, interval, type, callback);
    }

    @Override
    public void commit() {
        context.commit();
    }

    @Override
    public Map<String, Object> appConfigs() {
        return context.appConfigs();
    }

    @Override
    public Map<String, Object> appConfigsWithPrefix(String prefix) {
        return context.appConfigsWithPrefix(prefix);
    }

    @Override
    public long currentSystemTimeMs() {
        return context.currentSystemTimeMs();
    }

    @Override
    public long currentStreamTimeMs() {
        return context.currentStreamTimeMs();
    }
}
