package io.tailrace.state;

import io.tailrace.common.header.Headers;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The aggregate of a session with the headers of its last change (KIP-1271). The headers are those given, not a copy; what comes out
 * of a store has headers of its own.
 */
public final class AggregationWithHeaders<AGG> {
    private final @Nullable AGG aggregation;
    private final Headers headers;

    private AggregationWithHeaders(@Nullable AGG aggregation, Headers headers) {
        this.aggregation = aggregation;
        this.headers = Objects.requireNonNull(headers, "the headers of an aggregation must not be null");
    }

    /** Returns null for a null aggregation, because a store deletes on null. */
    public static <AGG> @Nullable AggregationWithHeaders<AGG> make(@Nullable AGG aggregation, Headers headers) {
        return aggregation == null ? null : new AggregationWithHeaders<>(aggregation, headers);
    }

    /** As {@link #make}, but a null aggregation keeps its headers: for deletions on their way downstream, not for stores. */
    public static <AGG> AggregationWithHeaders<AGG> makeAllowNullable(@Nullable AGG aggregation, Headers headers) {
        return new AggregationWithHeaders<>(aggregation, headers);
    }

    /** The aggregation, null also when there is no {@code aggregationWithHeaders} at all. */
    public static <AGG> @Nullable AGG getAggregationOrNull(
            @Nullable AggregationWithHeaders<AGG> aggregationWithHeaders) {
        return aggregationWithHeaders == null ? null : aggregationWithHeaders.aggregation;
    }

    /** Null only if made by {@link #makeAllowNullable}. */
    public @Nullable AGG aggregation() {
        return aggregation;
    }

    public Headers headers() {
        return headers;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof AggregationWithHeaders<?> that
                && Objects.equals(aggregation, that.aggregation)
                && headers.equals(that.headers);
    }

    @Override
    public int hashCode() {
        return Objects.hash(aggregation, headers);
    }

    @Override
    public String toString() {
        return "AggregationWithHeaders{aggregation=" + aggregation + ", headers=" + headers + "}";
    }
}
