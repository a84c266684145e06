package io.tailrace.runtime.engine;

import io.tailrace.common.TopicPartition;
import io.tailrace.errors.InvalidStateStoreException;
import io.tailrace.log.api.Admin;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.processor.StateStore;
import io.tailrace.runtime.metrics.AppView;
import io.tailrace.runtime.query.StoreRegistry;
import io.tailrace.state.SizedStore;
import java.util.Collection;
import java.util.List;
import java.util.function.ToLongFunction;

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
    public Collection<String> stores() {
        return engine.stores().names();
    }

    @Override
    public double entries(String store) {
        return sum(store, SizedStore::approximateEntries);
    }

    @Override
    public double bytes(String store) {
        return sum(store, SizedStore::approximateBytes);
    }

    private double sum(String name, ToLongFunction<SizedStore> size) {
        StoreRegistry stores = engine.stores();
        Collection<StateStore> open = stores.open(name).values();
        if (open.size() < stores.instances(name)) {
            return Double.NaN;
        }
        long sum = 0;
        for (StateStore store : open) {
            if (!(store instanceof SizedStore sized)) {
                return Double.NaN;
            }
            long part;
            try {
                part = size.applyAsLong(sized);
            } catch (InvalidStateStoreException e) {
                return Double.NaN; // closed meanwhile, or not readable by other threads: that is what NaN says
            }
            if (part == SizedStore.UNKNOWN) {
                return Double.NaN;
            }
            sum += part;
        }
        return sum;
    }

    @Override
    public int workers() {
        return engine.workerCount();
    }
}
