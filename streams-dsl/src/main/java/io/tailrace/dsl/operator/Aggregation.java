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
     * @param result the result so far, null when there is none
     * @return the new result, null to forget the key
     */
    @Nullable
    A next(K key, V value, @Nullable A result);

    static <K, V> Aggregation<K, V, Long> count() {
        return (key, value, result) -> result == null ? 1L : result + 1L;
    }

    static <K, V> Aggregation<K, V, V> reduce(Reducer<V> reducer) {
        return (key, value, result) -> result == null ? value : reducer.apply(result, value);
    }

    static <K, V, A> Aggregation<K, V, A> aggregate(
            Initializer<A> initializer, Aggregator<? super K, ? super V, A> aggregator) {
        return (key, value, result) ->
                aggregator.apply(key, value, result == null ? asGiven(initializer.apply()) : result);
    }
}
