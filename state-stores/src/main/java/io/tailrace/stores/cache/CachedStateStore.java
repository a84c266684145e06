package io.tailrace.stores.cache;

/**
 * A store that may hold writes back and then forwards what has changed, instead of whoever writes. Owner: the task's thread.
 *
 * @param <K> type of the keys; of a window store, windowed keys
 */
public interface CachedStateStore<K, V> {
    /**
     * From now on the listener hears of changes, once per key and flush.
     *
     * @param sendOldValues whether it wants to know what it heard last of a key, which may cost a read of the store
     * @return false when the store holds nothing back: then nobody will be told, and whoever writes forwards by himself
     */
    boolean setFlushListener(FlushListener<K, V> listener, boolean sendOldValues);
}
