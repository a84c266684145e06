package io.tailrace.runtime.query;

import io.tailrace.common.Time;
import io.tailrace.errors.UnknownStateStoreException;
import io.tailrace.processor.StateStore;
import io.tailrace.query.FailureReason;
import io.tailrace.query.QueryConfig;
import io.tailrace.query.QueryResult;
import io.tailrace.query.StateQueryRequest;
import io.tailrace.query.StateQueryResult;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Puts queries to the stores that are open, partition by partition. Any thread. */
public final class StoreQueries {
    private static final int GLOBAL = 0; // the one instance of a global store

    private final StoreRegistry registry;
    private final Set<String> globalStores;
    private final Time time;

    /** @param globalStores which of the registry's stores are global */
    public StoreQueries(StoreRegistry registry, Set<String> globalStores, Time time) {
        this.registry = registry;
        this.globalStores = Set.copyOf(globalStores);
        this.time = time;
    }

    /**
     * The answer of every partition that the request names; a partition that cannot answer says why.
     *
     * @throws UnknownStateStoreException when the topology has no such store
     */
    public <R> StateQueryResult<R> ask(StateQueryRequest<R> request) {
        String name = request.getStoreName();
        int count = registry.instances(name);
        Map<Integer, StateStore> open = registry.open(name);
        StateQueryResult<R> result = new StateQueryResult<>();
        if (globalStores.contains(name)) {
            result.setGlobalResult(answer(request, GLOBAL, open.get(GLOBAL)));
            return result;
        }
        Set<Integer> partitions = request.isAllPartitions()
                ? IntStream.range(0, count).boxed().collect(Collectors.toSet())
                : request.getPartitions();
        for (int partition : partitions) {
            if (partition < 0 || partition >= count) {
                result.addResult(
                        partition,
                        QueryResult.forFailure(
                                FailureReason.DOES_NOT_EXIST,
                                "store '" + name + "' has no partition " + partition + ", expected 0.." + (count - 1)));
            } else {
                result.addResult(partition, answer(request, partition, open.get(partition)));
            }
        }
        return result;
    }

    private <R> QueryResult<R> answer(StateQueryRequest<R> request, int partition, @Nullable StateStore store) {
        if (store == null) {
            return QueryResult.forFailure(
                    request.isRequireActive() ? FailureReason.NOT_ACTIVE : FailureReason.NOT_PRESENT,
                    "partition " + partition + " of store '" + request.getStoreName()
                            + "' is not open now, it may be restored or moved to another worker: ask again");
        }
        long startNs = time.nanoseconds();
        QueryResult<R> result = ask(request, store);
        if (request.executionInfoEnabled()) {
            result.addExecutionInfo("partition " + partition + " took " + (time.nanoseconds() - startNs) + " ns");
        }
        return result;
    }

    /** Stores of others may throw what they like. */
    private static <R> QueryResult<R> ask(StateQueryRequest<R> request, StateStore store) {
        try {
            return store.query(
                    request.getQuery(), request.getPositionBound(), new QueryConfig(request.executionInfoEnabled()));
        } catch (RuntimeException e) {
            return QueryResult.forFailure(FailureReason.STORE_EXCEPTION, e.toString());
        }
    }
}
