package io.tailrace.runtime.restore;

import io.tailrace.common.TopicPartition;
import io.tailrace.processor.StateRestoreListener;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Remembers how far each restore has come, and passes everything on to the application's listener. Any thread. */
public final class RestoreProgress implements StateRestoreListener {
    private final StateRestoreListener listener;
    private final Map<TopicPartition, Long> reached = new ConcurrentHashMap<>();

    public RestoreProgress(StateRestoreListener listener) {
        this.listener = listener;
    }

    /** The offset, next to replay, that a restore has reached, also after it ended; null when none was begun. */
    public @Nullable Long reached(TopicPartition changelog) {
        return reached.get(changelog);
    }

    @Override
    public void onRestoreStart(TopicPartition changelog, String storeName, long startingOffset, long endingOffset) {
        reached.put(changelog, startingOffset);
        listener.onRestoreStart(changelog, storeName, startingOffset, endingOffset);
    }

    @Override
    public void onBatchRestored(TopicPartition changelog, String storeName, long batchEndOffset, long numRestored) {
        reached.put(changelog, batchEndOffset + 1);
        listener.onBatchRestored(changelog, storeName, batchEndOffset, numRestored);
    }

    @Override
    public void onRestoreEnd(TopicPartition changelog, String storeName, long totalRestored) {
        listener.onRestoreEnd(changelog, storeName, totalRestored);
    }

    @Override
    public void onRestoreSuspended(TopicPartition changelog, String storeName, long totalRestored) {
        listener.onRestoreSuspended(changelog, storeName, totalRestored);
    }
}
