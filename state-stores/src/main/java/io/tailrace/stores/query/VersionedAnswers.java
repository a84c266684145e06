package io.tailrace.stores.query;

import io.tailrace.query.Query;
import io.tailrace.query.QueryResult;
import io.tailrace.query.ResultOrder;
import io.tailrace.state.ReadOnlyVersionedKeyValueStore;
import io.tailrace.state.query.MultiVersionedKeyQuery;
import io.tailrace.state.query.VersionedKeyQuery;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a versioned store answers. Any thread. */
final class VersionedAnswers {
    private static final long LAST_MS = Long.MAX_VALUE - 1; // stores add one

    private VersionedAnswers() {}

    /** Null for a query that is not for such a store. */
    static @Nullable QueryResult<?> find(ReadOnlyVersionedKeyValueStore<Object, Object> view, Query<?> query) {
        if (query instanceof VersionedKeyQuery<?, ?> one) {
            Optional<Instant> asOf = one.asOfTimestamp();
            return QueryResult.forResult(
                    asOf.isPresent() ? view.get(one.key(), asOf.get().toEpochMilli()) : view.get(one.key()));
        }
        if (query instanceof MultiVersionedKeyQuery<?, ?> many) {
            long fromMs = many.fromTime().map(Instant::toEpochMilli).orElse(0L);
            long toMs = many.toTime().map(Instant::toEpochMilli).orElse(LAST_MS);
            return QueryResult.forResult(
                    view.history(many.key(), fromMs, toMs, many.resultOrder() == ResultOrder.ASCENDING));
        }
        return null;
    }
}
