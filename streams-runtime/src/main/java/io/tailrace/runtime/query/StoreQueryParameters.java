package io.tailrace.runtime.query;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Which store to read and how. Immutable.
 *
 * @param <T> the face that readers get
 */
public final class StoreQueryParameters<T> {
    private final String storeName;
    private final QueryableStoreType<T> queryableStoreType;
    private final @Nullable Integer partition;

    private StoreQueryParameters(
            String storeName, QueryableStoreType<T> queryableStoreType, @Nullable Integer partition) {
        this.storeName = Objects.requireNonNull(storeName, "storeName must not be null");
        this.queryableStoreType = Objects.requireNonNull(queryableStoreType, "queryableStoreType must not be null");
        this.partition = partition;
    }

    /** All partitions of a store. */
    public static <T> StoreQueryParameters<T> fromNameAndType(
            String storeName, QueryableStoreType<T> queryableStoreType) {
        return new StoreQueryParameters<>(storeName, queryableStoreType, null);
    }

    /** Only this partition of the store. */
    public StoreQueryParameters<T> withPartition(Integer partition) {
        return new StoreQueryParameters<>(storeName, queryableStoreType, partition);
    }

    public String storeName() {
        return storeName;
    }

    public QueryableStoreType<T> queryableStoreType() {
        return queryableStoreType;
    }

    /** Null for all partitions. */
    public @Nullable Integer partition() {
        return partition;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof StoreQueryParameters<?> that
                && storeName.equals(that.storeName)
                && queryableStoreType.equals(that.queryableStoreType)
                && Objects.equals(partition, that.partition);
    }

    @Override
    public int hashCode() {
        return Objects.hash(storeName, queryableStoreType, partition);
    }

    @Override
    public String toString() {
        return "StoreQueryParameters{store=" + storeName + ", partition=" + (partition == null ? "all" : partition)
                + "}";
    }
}
