package io.tailrace.dsl.operator;

import static io.tailrace.dsl.operator.UserCode.asGiven;

import io.tailrace.kstream.Aggregator;
import io.tailrace.kstream.Initializer;
import io.tailrace.kstream.Reducer;
import org.jspecify.annotations.Nullable;

/** How one more record changes the result of its key. Stateless, shared by all tasks. */
@FunctionalInterface
public interface Aggregation<K, V, A> {
    /**
     * @param result the result so far, {@link #start} when there is none
     * @return the new result, null to forget the key
     */
    @Nullable
    A next(K key, V value, @Nullable A result);

    /**
     * The result of no records. As in Kafka Streams it is also the old value of the first change of a key, so that a filter
     * which lets it pass deletes a key that the first record takes out of it.
     */
    default @Nullable A start() {
        return null;
    }

    static <K, V> Aggregation<K, V, Long> count() {
        return startingWith(() -> 0L, (key, value, result) -> result == null ? 1L : result + 1L);
    }

    static <K, V> Aggregation<K, V, V> reduce(Reducer<V> reducer) {
        return (key, value, result) -> result == null ? value : reducer.apply(result, value);
    }

    static <K, V, A> Aggregation<K, V, A> aggregate(
            Initializer<A> initializer, Aggregator<? super K, ? super V, A> aggregator) {
        return startingWith(initializer, (key, value, result) -> aggregator.apply(key, value, asGiven(result)));
    }

    private static <K, V, A> Aggregation<K, V, A> startingWith(Initializer<A> initializer, Aggregation<K, V, A> step) {
        return new Aggregation<>() {
            @Override
            public @Nullable A next(K key, V value, @Nullable A result) {
                return step.next(key, value, result);
            }

            @Override
            public @Nullable A start() {
                return initializer.apply();
            }
        };
    }
}
