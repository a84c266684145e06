package io.tailrace.dsl;

import static io.tailrace.dsl.Checks.given;

import io.tailrace.dsl.plan.Branch;
import io.tailrace.dsl.plan.Split;
import io.tailrace.kstream.Branched;
import io.tailrace.kstream.BranchedKStream;
import io.tailrace.kstream.KStream;
import io.tailrace.kstream.Predicate;
import io.tailrace.serde.Serde;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Takes the branches of a split, one after the other. Owner: one thread. */
final class PlannedBranches<K, V> implements BranchedKStream<K, V> {
    private final PlanBuilder plan;
    private final Split split;
    private final @Nullable Serde<K> keySerde;
    private final @Nullable Serde<V> valueSerde;
    private final Map<String, KStream<K, V>> branches = new LinkedHashMap<>();
    private int position;

    PlannedBranches(PlanBuilder plan, Split split, @Nullable Serde<K> keySerde, @Nullable Serde<V> valueSerde) {
        this.plan = plan;
        this.split = split;
        this.keySerde = keySerde;
        this.valueSerde = valueSerde;
    }

    @Override
    public BranchedKStream<K, V> branch(Predicate<? super K, ? super V> predicate) {
        return branch(predicate, unnamed());
    }

    @Override
    public BranchedKStream<K, V> branch(Predicate<? super K, ? super V> predicate, Branched<K, V> branched) {
        given(predicate, "predicate");
        add(predicate, ++position, given(branched, "branched"));
        return this;
    }

    @Override
    public Map<String, KStream<K, V>> defaultBranch() {
        return defaultBranch(unnamed());
    }

    @Override
    public Map<String, KStream<K, V>> defaultBranch(Branched<K, V> branched) {
        add(null, 0, given(branched, "branched"));
        return noDefaultBranch();
    }

    @Override
    public Map<String, KStream<K, V>> noDefaultBranch() {
        return Collections.unmodifiableMap(branches);
    }

    private void add(@Nullable Predicate<?, ?> predicate, int index, Branched<K, V> branched) {
        String name = split.name() + (branched.name() == null ? index : branched.name());
        plan.name(name); // a branch takes a number, though its name has none
        Branch node = plan.add(new Branch(name, split, predicate));
        KStream<K, V> branch = new PlannedStream<>(plan, node, keySerde, valueSerde);
        if (branched.chainFunction() != null) {
            KStream<K, V> result = branched.chainFunction().apply(branch);
            if (result != null) {
                branches.put(name, result);
            }
        } else if (branched.chainConsumer() != null) {
            branched.chainConsumer().accept(branch);
        } else {
            branches.put(name, branch);
        }
    }

    private static <K, V> Branched<K, V> unnamed() {
        return Branched.withFunction(branch -> branch);
    }
}
