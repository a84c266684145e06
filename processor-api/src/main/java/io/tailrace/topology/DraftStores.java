package io.tailrace.topology;

import io.tailrace.errors.TopologyException;
import io.tailrace.state.StoreBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The stores of a topology that is being put together, and the rules for their names and users. Checks change nothing; what is
 * added was checked. Owner: one thread.
 */
final class DraftStores {
    private final Map<String, StoreBuilder<?>> stores = new LinkedHashMap<>();
    private final Map<String, String> sourceTopics = new HashMap<>(); // by store
    private final Map<String, GlobalStoreSpec> globalStores = new LinkedHashMap<>();

    static DraftStores of(Collection<StoreSpec> stores, Collection<GlobalStoreSpec> globalStores) {
        DraftStores draft = new DraftStores();
        for (StoreSpec store : stores) {
            draft.add(store.builder());
            if (store.sourceTopic() != null) {
                draft.restoreFrom(store.sourceTopic(), store.name());
            }
        }
        globalStores.forEach(draft::addGlobal);
        return draft;
    }

    void add(StoreBuilder<?> store) {
        stores.put(store.name(), store);
    }

    void addGlobal(GlobalStoreSpec store) {
        globalStores.put(store.name(), store);
    }

    /** Makes a topic what fills the store. */
    void restoreFrom(String topic, String store) {
        sourceTopics.put(store, topic);
    }

    /**
     * Adds the stores that a processor's supplier brings along.
     *
     * @return the processor, connected to them
     * @throws IllegalArgumentException when the supplier returns the same instance twice
     */
    ProcessorSpec addSuppliedBy(ProcessorSpec processor) {
        Set<StoreBuilder<?>> supplied = processor.suppliedStores();
        supplied.forEach(this::check);
        Names.distinct(
                "processor '" + processor.name() + "' brings along store",
                supplied.stream().map(StoreBuilder::name).toList());
        processor.checkSupplier();

        ProcessorSpec connected = processor;
        for (StoreBuilder<?> store : supplied) {
            add(store);
            connected = connected.withStore(store.name());
        }
        return connected;
    }

    void check(StoreBuilder<?> store) {
        Names.checkStore(store.name());
        StoreBuilder<?> known = stores.get(store.name());
        if (globalStores.containsKey(store.name()) || (known != null && known != store)) {
            throw new TopologyException("another store '" + store.name()
                    + "' was added before: share that StoreBuilder instance, or give this one another name");
        }
    }

    void checkNewGlobal(StoreBuilder<?> store) {
        Names.checkStore(store.name());
        if (stores.containsKey(store.name()) || globalStores.containsKey(store.name())) {
            throw new TopologyException(
                    "store '" + store.name() + "' was added before: give the global store another name");
        }
        checkUnlogged("global", store);
    }

    /** A store that is restored from its topic has no use for a changelog. */
    static void checkUnlogged(String kind, StoreBuilder<?> store) {
        if (store.loggingEnabled()) {
            throw new TopologyException(kind + " store '" + store.name()
                    + "' has logging enabled, but it is restored from its topic: call withLoggingDisabled()");
        }
    }

    void checkConnectable(String processor, String store) {
        if (globalStores.containsKey(store)) {
            throw new TopologyException("global store '" + store + "' is to be connected to processor '" + processor
                    + "': every processor may read it anyway, so do not connect it");
        }
        if (!stores.containsKey(store)) {
            throw new TopologyException("store '" + store + "' is to be connected to processor '" + processor
                    + "', but is not among the stores " + stores.keySet() + ": add the store first");
        }
    }

    List<GlobalStoreSpec> globalSpecs() {
        return List.copyOf(globalStores.values());
    }

    /** The stores of tasks, each with those of the nodes that use it. */
    List<StoreSpec> specs(Collection<NodeSpec> nodes) {
        Map<String, Set<String>> users = new HashMap<>();
        for (NodeSpec node : nodes) {
            if (node instanceof ProcessorSpec processor) {
                for (String store : processor.stores()) {
                    users.computeIfAbsent(store, s -> new LinkedHashSet<>()).add(processor.name());
                }
            }
        }
        List<StoreSpec> specs = new ArrayList<>();
        stores.forEach((name, store) ->
                specs.add(new StoreSpec(store, users.getOrDefault(name, Set.of()), sourceTopics.get(name))));
        return specs;
    }
}
