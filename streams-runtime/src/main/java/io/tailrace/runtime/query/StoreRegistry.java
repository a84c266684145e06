package io.tailrace.runtime.query;

import io.tailrace.errors.InvalidStateStoreException;
import io.tailrace.errors.InvalidStateStorePartitionException;
import io.tailrace.errors.UnknownStateStoreException;
import io.tailrace.processor.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The stores that are open now, by name and partition. Tasks enter theirs when they start and take them out before they
 * close them. Any thread.
 */
public final class StoreRegistry {
    private volatile Map<String, Integer> instances; // how many a store has when all tasks run
    private final Map<String, ConcurrentSkipListMap<Integer, StateStore>> open = new ConcurrentHashMap<>();

    /** @param instances by store name, how many tasks own one */
    public StoreRegistry(Map<String, Integer> instances) {
        this.instances = Map.copyOf(instances);
        instances.keySet().forEach(name -> open.put(name, new ConcurrentSkipListMap<>()));
    }

    /** Changes how many tasks own each store; their names stay. */
    public void expect(Map<String, Integer> newInstances) {
        instances = Map.copyOf(newInstances);
    }

    public void add(int partition, Map<String, StateStore> stores) {
        stores.forEach((name, store) -> byPartition(name).put(partition, store));
    }

    public void remove(int partition, Map<String, StateStore> stores) {
        stores.keySet().forEach(name -> byPartition(name).remove(partition));
    }

    /** The names of all stores, whether open or not. */
    public Set<String> names() {
        return instances.keySet();
    }

    /**
     * How many instances a store has when all tasks run.
     *
     * @throws UnknownStateStoreException when the topology has no such store
     */
    public int instances(String name) {
        byPartition(name);
        return instances.getOrDefault(name, 0);
    }

    /** The instances that are open now, by partition. */
    public Map<Integer, StateStore> open(String name) {
        return Map.copyOf(byPartition(name));
    }

    /**
     * One face over the instances that the parameters name.
     *
     * @throws UnknownStateStoreException when the topology has no such store
     * @throws InvalidStateStorePartitionException when the store has no such partition
     * @throws InvalidStateStoreException when not all instances are open now, or the store is of another kind
     */
    public <T> T read(StoreQueryParameters<T> parameters) {
        String name = parameters.storeName();
        StoreProvider provider = (store, type) -> instances(parameters, type);
        provider.stores(name, parameters.queryableStoreType()); // fails now rather than at the first read
        return parameters.queryableStoreType().create(provider, name);
    }

    private List<StateStore> instances(StoreQueryParameters<?> parameters, QueryableStoreType<?> type) {
        String name = parameters.storeName();
        ConcurrentSkipListMap<Integer, StateStore> byPartition = byPartition(name);
        int expected = instances.getOrDefault(name, 0);
        Integer partition = parameters.partition();
        List<StateStore> found = new ArrayList<>();
        if (partition == null) {
            found.addAll(byPartition.values());
        } else if (partition < 0 || partition >= expected) {
            throw new InvalidStateStorePartitionException(
                    "store '" + name + "' has no partition " + partition + ", expected 0.." + (expected - 1));
        } else {
            StateStore store = byPartition.get(partition);
            if (store != null) {
                found.add(store);
            }
        }
        if (found.size() < (partition == null ? expected : 1)) {
            throw new InvalidStateStoreException("store '" + name + "' cannot be read now: " + byPartition.size()
                    + " of its " + expected + " partitions are open; try again when the application is running");
        }
        for (StateStore store : found) {
            if (!type.accepts(store)) {
                throw new InvalidStateStoreException("store '" + name + "' is a "
                        + store.getClass().getName() + ", which cannot be read as " + type);
            }
        }
        return found;
    }

    private ConcurrentSkipListMap<Integer, StateStore> byPartition(String name) {
        ConcurrentSkipListMap<Integer, StateStore> byPartition = open.get(name);
        if (byPartition == null) {
            throw new UnknownStateStoreException(
                    "the topology has no store '" + name + "', only " + instances.keySet());
        }
        return byPartition;
    }
}
