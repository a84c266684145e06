package io.tailrace.dsl.plan;

import org.jspecify.annotations.Nullable;

/** An operation that needs all records with equal keys of its first input, a stream, in one partition. */
public sealed interface KeyedNode permits ToTable, Aggregate, StreamTableJoin {
    StreamNode stream();

    /** How to repartition the stream in case its keys may have changed; null when they cannot have. */
    @Nullable
    Rekeying rekeying();
}
