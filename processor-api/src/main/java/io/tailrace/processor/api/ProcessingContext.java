package io.tailrace.processor.api;

import io.tailrace.processor.Cancellable;
import io.tailrace.processor.PunctuationType;
import io.tailrace.processor.Punctuator;
import io.tailrace.processor.RecordMetadata;
import io.tailrace.processor.StateStore;
import io.tailrace.processor.TaskId;
import io.tailrace.serde.Serde;
import java.io.File;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** What a task offers to every processor, except forwarding. Owner: the task's thread; never keep it for another. */
public interface ProcessingContext {
    String applicationId();

    TaskId taskId();

    /** The input record that is being processed came from there; empty in {@code init}, punctuators and {@code close}. */
    Optional<RecordMetadata> recordMetadata();

    /** The application's default key serde. */
    Serde<?> keySerde();

    /** The application's default value serde. */
    Serde<?> valueSerde();

    /** The directory of this task below the state directory. */
    File stateDir();

    /**
     * A store that this processor is connected to, or a global store, which is read only.
     *
     * @param <S> the store's type, for the caller to know: it is not checked here
     * @throws io.tailrace.errors.StreamsException when the processor is not connected to a store of that name
     */
    @SuppressWarnings("TypeParameterUnusedInFormals") // the signature that code written for Kafka Streams calls
    <S extends StateStore> S getStateStore(String name);

    /**
     * Calls the punctuator every {@code interval}, from one interval after now on. On stream time the first call comes
     * with the first record instead, and a leap over several intervals causes one call.
     *
     * @param interval at least a millisecond
     * @throws IllegalArgumentException when {@code interval} is shorter
     */
    Cancellable schedule(Duration interval, PunctuationType type, Punctuator callback);

    /**
     * As {@link #schedule(Duration, PunctuationType, Punctuator)}, but at {@code startTime} plus whole intervals: calls
     * stay aligned to it, whenever the task starts (KIP-1146).
     */
    Cancellable schedule(Instant startTime, Duration interval, PunctuationType type, Punctuator callback);

    /** Asks for a commit soon after this record, instead of waiting for the commit interval. */
    void commit();

    /** The whole configuration of the application. */
    Map<String, Object> appConfigs();

    /** The configuration entries whose keys start with {@code prefix}, without it. */
    Map<String, Object> appConfigsWithPrefix(String prefix);

    /** The application's clock in epoch milliseconds: the same during one turn of the task's thread. */
    long currentSystemTimeMs();

    /** The highest record timestamp that this task has seen in epoch milliseconds, -1 before the first. */
    long currentStreamTimeMs();
}
