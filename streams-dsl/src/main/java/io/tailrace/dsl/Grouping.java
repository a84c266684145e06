package io.tailrace.dsl;

import io.tailrace.dsl.plan.KeyChange;
import io.tailrace.dsl.plan.Rekeying;
import io.tailrace.dsl.plan.StreamNode;
import io.tailrace.serde.Serde;
import org.jspecify.annotations.Nullable;

/** What is grouped, and by which repartition topic if one is needed. Owner: one thread. */
final class Grouping<K, V> {
    private final PlanBuilder plan;
    private final StreamNode stream;
    private final @Nullable String name;
    private final @Nullable Serde<K> keySerde;
    private final @Nullable Serde<V> valueSerde;
    private @Nullable Rekeying shared;

    /** @param name the user's for the repartition topic, which all aggregations of this grouping then share */
    Grouping(
            PlanBuilder plan,
            StreamNode stream,
            @Nullable String name,
            @Nullable Serde<K> keySerde,
            @Nullable Serde<V> valueSerde) {
        this.plan = plan;
        this.stream = stream;
        this.name = name;
        this.keySerde = keySerde;
        this.valueSerde = valueSerde;
    }

    StreamNode stream() {
        return stream;
    }

    @Nullable
    Serde<K> keySerde() {
        return keySerde;
    }

    @Nullable
    Serde<V> valueSerde() {
        return valueSerde;
    }

    /**
     * How to repartition in front of one aggregation; null when the keys cannot have changed. Takes numbers for names each
     * time, also where the topic is there already.
     */
    @Nullable
    Rekeying rekeying(String storeName) {
        if (!KeyChange.mayHaveChanged(stream)) {
            return null;
        }
        Rekeying rekeying = plan.rekeying(name == null ? storeName : name, name != null, keySerde, valueSerde);
        if (name == null) {
            return rekeying;
        }
        if (shared == null) {
            shared = rekeying;
        }
        return shared;
    }
}
