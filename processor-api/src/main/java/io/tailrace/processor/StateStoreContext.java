package io.tailrace.processor;

import io.tailrace.query.Position;
import io.tailrace.serde.Serde;
import java.io.File;
import java.util.Map;
import java.util.Optional;

/** What a task offers to the stores it owns. Owner: the task's thread. */
public interface StateStoreContext {
    String applicationId();

    TaskId taskId();

    /** The application's default key serde, for stores that were not given one. */
    Serde<?> keySerde();

    /** The application's default value serde, for stores that were not given one. */
    Serde<?> valueSerde();

    /** The directory of this task, below which a persistent store keeps its files. It exists. */
    File stateDir();

    /** As {@link #register(StateStore, StateRestoreCallback, CommitCallback)} with nothing to do on commit. */
    default void register(StateStore store, StateRestoreCallback restoreCallback) {
        register(store, restoreCallback, () -> {});
    }

    /**
     * Makes the store known to its task; to be called once, in {@link StateStore#init}.
     *
     * @param restoreCallback takes the changelog's records on restore; a {@link RecordRestoreCallback} takes them with
     *     timestamp and headers, a {@link BatchingStateRestoreCallback} many at once
     * @param commitCallback called at the beginning of every commit
     */
    void register(StateStore store, StateRestoreCallback restoreCallback, CommitCallback commitCallback);

    /**
     * Where the named store appends its changes so that they can be restored.
     *
     * @throws IllegalArgumentException when no store of that name with logging enabled belongs to this task
     */
    Changelog changelog(String storeName);

    /** The whole configuration of the application. */
    Map<String, Object> appConfigs();

    /** The configuration entries whose keys start with {@code prefix}, without it. */
    Map<String, Object> appConfigsWithPrefix(String prefix);

    /** Empty while no input record is being processed: in a punctuator and during restore. */
    Optional<RecordMetadata> recordMetadata();

    /**
     * For each input partition of the task the offset of the last record whose effects are committed, in its stores too; -1
     * where there is none yet. The state that a reader finds afterwards is at least that far. Any thread; a copy.
     */
    default Position committedPosition() {
        return Position.emptyPosition();
    }

    /** How a store may hold writes back; empty when it must pass each one on at once, because the application has no cache. */
    default Optional<WriteBack> writeBack() {
        return Optional.empty();
    }
}
