package io.tailrace.runtime.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.tailrace.common.TopicPartition;
import io.tailrace.processor.TaskId;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one application in a registry; docs/operations.md lists them. All but one read the counts when they are read
 * themselves; the timer of commits is written once per commit. Any thread.
 */
public final class AppMeters implements AppCounts.Listener, AutoCloseable {
    private final MeterRegistry registry;
    private final Tags tags;
    private final Timer commits;
    private final Queue<Meter> meters = new ConcurrentLinkedQueue<>();
    private final Set<TopicPartition> inputs = ConcurrentHashMap.newKeySet();
    private volatile @Nullable AppCounts counts; // set once by bind, before anything is counted
    private volatile @Nullable AppView app; // set once by show

    public AppMeters(MeterRegistry registry, String applicationId) {
        this.registry = registry;
        this.tags = Tags.of("application", applicationId);
        this.commits = kept(Timer.builder("tailrace.commits")
                .description("commits that had something to commit")
                .tags(tags)
                .register(registry));
    }

    /** Reads these counts. */
    public void bind(AppCounts source) {
        counts = source;
        kept(FunctionCounter.builder("tailrace.restore.records", source, AppCounts::restored)
                .description("changelog records that were replayed into stores")
                .tags(tags)
                .register(registry));
        kept(Gauge.builder("tailrace.restore.active", source, AppCounts::restoring)
                .description("stores that are being restored")
                .tags(tags)
                .register(registry));
    }

    /** Asks that application, which runs from now on. */
    public void show(AppView view) {
        app = view;
        kept(Gauge.builder("tailrace.workers", view, AppView::workers)
                .description("worker threads")
                .tags(tags)
                .register(registry));
        for (String store : view.stores()) {
            kept(Gauge.builder("tailrace.store.entries", view, v -> v.entries(store))
                    .description("entries of a store over all partitions, about")
                    .tags(tags.and("store", store))
                    .register(registry));
            kept(Gauge.builder("tailrace.store.bytes", view, v -> v.bytes(store))
                    .description("bytes that the entries of a store take over all partitions, about")
                    .baseUnit("bytes")
                    .tags(tags.and("store", store))
                    .register(registry));
        }
        showInputs(view);
    }

    private void showInputs(AppView view) {
        for (TopicPartition input : view.inputs()) {
            if (inputs.add(input)) {
                kept(Gauge.builder("tailrace.lag", view, v -> v.lag(input))
                        .description("offsets of an input partition behind the last commit")
                        .tags(tags.and("topic", input.topic(), "partition", Integer.toString(input.partition())))
                        .register(registry));
            }
        }
    }

    @Override
    public void taskSeen(TaskId task) {
        AppCounts source = counts;
        if (source == null) {
            throw new IllegalStateException("task " + task + " counts before bind() was called");
        }
        TaskCounts own = source.of(task);
        Tags tagged = tags.and("task", task.toString());
        kept(FunctionCounter.builder("tailrace.records.processed", own, TaskCounts::processed)
                .description("input records that were processed")
                .tags(tagged)
                .register(registry));
        kept(FunctionCounter.builder("tailrace.records.dropped", own, TaskCounts::dropped)
                .description("records that were left out: unusable, or failed and dropped by a handler")
                .tags(tagged)
                .register(registry));
        kept(FunctionCounter.builder("tailrace.records.late", own, TaskCounts::late)
                .description("records that came after their window was closed")
                .tags(tagged)
                .register(registry));
        kept(FunctionCounter.builder("tailrace.cache.gets", own, TaskCounts::cacheHits)
                .description("reads of keys that were found in the cache of a store")
                .tags(tagged.and("result", "hit"))
                .register(registry));
        kept(FunctionCounter.builder("tailrace.cache.gets", own, TaskCounts::cacheMisses)
                .description("reads of keys that had to be looked for in a store that has a cache")
                .tags(tagged.and("result", "miss"))
                .register(registry));
        kept(Gauge.builder("tailrace.latency", own, TaskCounts::latencyMs)
                .description("from the event time of the last record of a commit to that commit")
                .baseUnit("ms")
                .tags(tagged)
                .register(registry));
        AppView view = app;
        if (view != null) {
            showInputs(view); // of topics that a pattern has found since
        }
    }

    @Override
    public void committed(long tookNs) {
        commits.record(tookNs, TimeUnit.NANOSECONDS);
    }

    private <M extends Meter> M kept(M meter) {
        meters.add(meter);
        return meter;
    }

    /** Takes the meters out of the registry. */
    @Override
    public void close() {
        for (Meter meter = meters.poll(); meter != null; meter = meters.poll()) {
            registry.remove(meter);
        }
    }
}
