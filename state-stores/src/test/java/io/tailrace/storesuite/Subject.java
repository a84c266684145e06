package io.tailrace.storesuite;

import io.tailrace.state.QueryableStore;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A store of any kind behind the verbs that all kinds have. Owner: one thread. */
interface Subject {
    /** Writes, or deletes by null. A session has both times, everything else the second one, or none. */
    void put(String key, long startMs, long timeMs, @Nullable Long number);

    /** What the owner reads: everything written. */
    Reads owner();

    /** What others read: everything committed. */
    Reads reader();

    /** A scan over some of the entries, of the owner. */
    Scan scan();

    /** An iterator of any type. */
    record Scan(BooleanSupplier more, Runnable end) implements AutoCloseable {
        boolean hasNext() {
            return more.getAsBoolean();
        }

        @Override
        public void close() {
            end.run();
        }
    }

    /** The view of a store that is queryable, as all of ours are. */
    @SuppressWarnings("unchecked") // the view's type follows from the store's
    static <V> Reads reader(Object store, Function<V, Reads> reads) {
        return reads.apply((V) ((QueryableStore<?>) store).readOnlyView());
    }
}
