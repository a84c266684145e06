package io.tailrace.dsl;

import io.tailrace.dsl.plan.Plan;
import io.tailrace.dsl.plan.PlanNode;
import io.tailrace.dsl.plan.Rekeying;
import io.tailrace.errors.TopologyException;
import io.tailrace.kstream.Named;
import io.tailrace.processor.StreamPartitioner;
import io.tailrace.serde.Serde;
import io.tailrace.state.StoreBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The plan in the making: nodes and stores in the order of the calls, and the numbers in generated names. Owner: one thread.
 *
 * <p><b>Names</b> are those that Kafka Streams generates, so that topics and stores of a ported program are found again: a
 * prefix and a number of ten digits, which every operation takes in the order of the calls, also one that has a name.
 */
final class PlanBuilder {
    private static final String REPARTITION_SUFFIX = "-repartition";
    private static final Pattern GENERATED = Pattern.compile("KSTREAM.*-[0-9]{10}");

    private final List<PlanNode> nodes = new ArrayList<>();
    private final List<StoreBuilder<?>> stores = new ArrayList<>();
    private int nextNumber;

    <N extends PlanNode> N add(N node) {
        nodes.add(node);
        return node;
    }

    /** Adding the same instance again does nothing. */
    void addStore(StoreBuilder<?> store) {
        for (StoreBuilder<?> known : stores) {
            if (known == store) {
                return;
            }
            if (known.name().equals(store.name())) {
                throw new TopologyException("another store '" + store.name()
                        + "' was added before: share that StoreBuilder instance, or give this one another name");
            }
        }
        stores.add(store);
    }

    Plan plan() {
        return new Plan(nodes, stores);
    }

    /** A generated name; takes a number. */
    String name(String prefix) {
        return prefix + String.format(Locale.ROOT, "%010d", nextNumber++);
    }

    /** The user's name, or a generated one; takes a number in both cases, so that naming one operation renames no other. */
    String name(@Nullable String given, String prefix) {
        String generated = name(prefix);
        return given == null ? generated : given;
    }

    /** The user's name with a suffix, or a generated one; takes a number in both cases. */
    String name(@Nullable String given, String suffix, String prefix) {
        String generated = name(prefix);
        return given == null ? generated : Named.as(given + suffix).name();
    }

    /** The name of a store that the user did not name; takes a number. */
    String storeName(String prefix) {
        return name(prefix + "STATE-STORE-");
    }

    /** As {@link #rekeying(String, boolean, Serde, Serde, OptionalInt, StreamPartitioner)}, partitioned by the key's hash. */
    Rekeying rekeying(String prefix, boolean named, @Nullable Serde<?> keySerde, @Nullable Serde<?> valueSerde) {
        return rekeying(prefix, named, keySerde, valueSerde, OptionalInt.empty(), null);
    }

    /** Names a repartition topic and the nodes around it; takes three numbers. */
    Rekeying rekeying(
            String prefix,
            boolean named,
            @Nullable Serde<?> keySerde,
            @Nullable Serde<?> valueSerde,
            OptionalInt partitions,
            @Nullable StreamPartitioner<?, ?> partitioner) {
        String topic = prefix.endsWith(REPARTITION_SUFFIX)
                ? prefix
                : Named.as(prefix + REPARTITION_SUFFIX).name();
        String sink = name("KSTREAM-SINK-");
        String filter = name("KSTREAM-FILTER-");
        String source = name("KSTREAM-SOURCE-");
        if (!GENERATED.matcher(prefix).matches()) {
            sink = topic + "-sink";
            filter = topic + "-filter";
            source = topic + "-source";
        }
        return new Rekeying(topic, filter, sink, source, named, keySerde, valueSerde, partitions, partitioner);
    }
}
