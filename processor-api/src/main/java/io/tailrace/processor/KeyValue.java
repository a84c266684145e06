package io.tailrace.processor;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A key with its value: what a mapper returns and what a store's iterator yields. Immutable if both parts are. */
public class KeyValue<K, V> {
    public final @Nullable K key;
    public final @Nullable V value;

    public KeyValue(@Nullable K key, @Nullable V value) {
        this.key = key;
        this.value = value;
    }

    public static <K, V> KeyValue<K, V> pair(@Nullable K key, @Nullable V value) {
        return new KeyValue<>(key, value);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyValue<?, ?> that
                && Objects.equals(key, that.key)
                && Objects.equals(value, that.value);
    }

    @Override
    public int hashCode() {
        return Objects.hash(key, value);
    }

    @Override
    public String toString() {
        return "KeyValue(" + key + ", " + value + ")";
    }
}
