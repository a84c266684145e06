package io.tailrace.dsl.operator;

import static io.tailrace.dsl.operator.UserCode.asGiven;

import io.tailrace.kstream.Predicate;
import io.tailrace.kstream.ValueMapperWithKey;
import org.jspecify.annotations.Nullable;

/**
 * Computes a table's value for a key from another table's, which is never null here: nothing stays nothing.
 *
 * @param <V> value of the table it reads
 * @param <R> its own value
 */
@FunctionalInterface
public interface TableFunction<K, V, R> {
    /** Returns null when the table has nothing for the key. */
    @Nullable
    R ofPresent(K key, V value);

    /** As {@link #ofPresent}, of a value that may be absent. */
    default @Nullable R of(K key, @Nullable V value) {
        return value == null ? null : ofPresent(key, value);
    }

    /** @param keep whether entries for which the predicate holds are those that stay */
    /**
     * Whether a change from nothing to nothing is kept back. Only filters do so: they turn most changes of their input into
     * that, and nobody wants to delete what never was there.
     */
    default boolean keepsBackNothing() {
        return false;
    }

    static <K, V> TableFunction<K, V, V> filter(Predicate<? super K, ? super V> predicate, boolean keep) {
        return new TableFunction<>() {
            @Override
            public @Nullable V ofPresent(K key, V value) {
                return predicate.test(key, value) == keep ? value : null;
            }

            @Override
            public boolean keepsBackNothing() {
                return true;
            }
        };
    }

    static <K, V, R> TableFunction<K, V, R> mapValues(ValueMapperWithKey<? super K, ? super V, ? extends R> mapper) {
        return (key, value) -> mapper.apply(asGiven(key), value);
    }
}
