package io.tailrace.runtime.engine;

import io.tailrace.common.TopicPartition;
import io.tailrace.errors.InvalidStateStoreException;
import io.tailrace.log.api.Admin;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.runtime.metrics.AppView;
import io.tailrace.runtime.plan.TaskPlan;
import io.tailrace.runtime.query.QueryableStoreTypes;
import io.tailrace.runtime.query.StoreQueryParameters;
import io.tailrace.state.KeyValueStore;
import io.tailrace.topology.StoreSpec;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/** An engine as its meters see it. Any thread. */
record EngineView(StreamsEngine engine, Admin admin) implements AppView {
    @Override
    public Collection<TopicPartition> inputs() {
        return engine.inputs();
    }

    @Override
    public double lag(TopicPartition input) {
        Long committed = engine.committed(input);
        if (committed == null) {
            return Double.NaN;
        }
        long end =
                admin.endOffsets(List.of(input), IsolationLevel.READ_COMMITTED).getOrDefault(input, committed);
        return Math.max(0, end - committed);
    }

    @Override
    public Collection<String> keyValueStores() {
        Set<String> names = new TreeSet<>();
        Stream.concat(engine.plan().tasks().stream(), engine.plan().globalTasks().stream())
                .map(TaskPlan::stores)
                .flatMap(List::stream)
                .filter(spec -> !names.contains(spec.name()) && spec.builder().build() instanceof KeyValueStore)
                .map(StoreSpec::name)
                .forEach(names::add);
        return names;
    }

    @Override
    public double entries(String store) {
        try {
            return engine.stores()
                    .read(StoreQueryParameters.fromNameAndType(store, QueryableStoreTypes.keyValueStore()))
                    .approximateNumEntries();
        } catch (InvalidStateStoreException e) {
            return Double.NaN; // being restored, or closed: that is what NaN says
        }
    }

    @Override
    public int workers() {
        return engine.workerCount();
    }
}
