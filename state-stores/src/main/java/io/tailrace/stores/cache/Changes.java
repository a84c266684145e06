package io.tailrace.stores.cache;

import io.tailrace.processor.WriteBack;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one flush on their way to the listener. They are apart from the cache, because what the listener does may change
 * the cache. One thread.
 */
final class Changes<K, V> implements Runnable {
    private final @Nullable Object[] keys;
    private final @Nullable Object[] newValues;
    private final @Nullable Object[] oldValues;
    private final Origins origins;
    private final Origins.View origin;
    private final WriteBackCache.Listener<K, V> listener;
    private int count;
    private int next;

    /** @param kept that the changes come from */
    Changes(int capacity, Origins kept, WriteBackCache.Listener<K, V> listener) {
        this.keys = new Object[capacity];
        this.newValues = new Object[capacity];
        this.oldValues = new Object[capacity];
        this.origins = kept.others(new Lines(capacity));
        this.origin = origins.new View();
        this.listener = listener;
    }

    void add(K key, @Nullable V newValue, @Nullable V oldValue, Origins from, int slot) {
        keys[count] = key;
        newValues[count] = newValue;
        oldValues[count] = oldValue;
        origins.copy(count, from, slot);
        count++;
    }

    void deliver(WriteBack writeBack) {
        for (next = 0; next < count; next++) {
            writeBack.resume(origin.at(next), this);
        }
    }

    /** Delivers the change at hand. */
    @Override
    @SuppressWarnings({"unchecked", "NullAway"}) // what add was given; a key is never null
    public void run() {
        listener.changed((K) keys[next], (V) newValues[next], (V) oldValues[next], origin);
    }
}
