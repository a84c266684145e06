package io.tailrace.state;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A key within a window: the key of what a windowed aggregation produces. Immutable if the key is. */
public class Windowed<K> {
    private final K key;
    private final Window window;

    public Windowed(K key, Window window) {
        this.key = key;
        this.window = window;
    }

    public K key() {
        return key;
    }

    public Window window() {
        return window;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Windowed<?> that && key.equals(that.key) && window.equals(that.window);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, window);
    }

    @Override
    public String toString() {
        return "[" + key + "@" + window.start() + "/" + window.end() + "]";
    }
}
