package io.tailrace.runtime.engine;

import io.tailrace.common.Murmur2;
import io.tailrace.common.TopicPartition;
import io.tailrace.errors.UnknownStateStoreException;
import io.tailrace.log.api.Admin;
import io.tailrace.processor.StreamPartitioner;
import io.tailrace.processor.TaskId;
import io.tailrace.runtime.metadata.HostInfo;
import io.tailrace.runtime.metadata.KeyQueryMetadata;
import io.tailrace.runtime.metadata.LagInfo;
import io.tailrace.runtime.metadata.StreamsMetadata;
import io.tailrace.runtime.metadata.TaskMetadata;
import io.tailrace.runtime.plan.PhysicalPlan;
import io.tailrace.runtime.plan.TaskPlan;
import io.tailrace.runtime.restore.RestoreProgress;
import io.tailrace.serde.Serializer;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What an engine can say about keys, tasks and stores while it runs. Any thread. */
public final class EngineMetadata {
    private final Supplier<PhysicalPlan> plans;
    private final Admin admin;
    private final HostInfo host;
    private final RestoreProgress restores;
    private final Map<TopicPartition, Long> committed;
    private final Map<TaskId, Running> running = new ConcurrentHashMap<>();

    /** A task that is restored, and the name of the thread that runs it. */
    private record Running(TaskPlan plan, String thread) {}

    /**
     * @param plans the plan as it is now
     * @param committed offsets, next to read, by input partition; kept up to date by the engine
     */
    EngineMetadata(
            Supplier<PhysicalPlan> plans,
            Admin admin,
            Optional<String> endpoint,
            RestoreProgress restores,
            Map<TopicPartition, Long> committed) {
        this.plans = plans;
        this.admin = admin;
        this.host =
                Objects.requireNonNullElse(HostInfo.buildFromEndpoint(endpoint.orElse(null)), HostInfo.unavailable());
        this.restores = restores;
        this.committed = committed;
    }

    /** Called on the thread that runs the task. */
    void started(TaskPlan task) {
        running.put(task.id(), new Running(task, Thread.currentThread().getName()));
    }

    void closing(TaskPlan task) {
        running.remove(task.id());
    }

    /** The one client that there is. */
    public StreamsMetadata client() {
        Set<String> stores = new HashSet<>();
        Set<TopicPartition> inputs = new HashSet<>();
        plans.get().globalTasks().forEach(task -> task.stores().forEach(store -> stores.add(store.name())));
        plans.get().tasks().forEach(task -> {
            task.stores().forEach(store -> stores.add(store.name()));
            inputs.addAll(task.inputs());
        });
        return new StreamsMetadata(host, stores, inputs, Set.of(), Set.of());
    }

    /**
     * Where a key is, if its record got to its partition by the hash of the serialized key.
     *
     * @throws UnknownStateStoreException when the topology has no such store
     */
    public <K> KeyQueryMetadata ofKey(String store, K key, Serializer<K> serializer) {
        if (isGlobal(store)) {
            return new KeyQueryMetadata(host, Set.of(), -1);
        }
        TopicPartition widest = widestInput(store);
        byte[] bytes = serializer.serialize(widest.topic(), key);
        if (bytes == null) {
            throw new IllegalArgumentException("the serializer returned null for the key: it is in no partition");
        }
        return new KeyQueryMetadata(host, Set.of(), Murmur2.toPartition(bytes, widest.partition() + 1));
    }

    /**
     * Where a key is, if its record got to its partition by that partitioner, which is given no value.
     *
     * @throws IllegalArgumentException when the partitioner does not choose exactly one partition
     * @throws UnknownStateStoreException when the topology has no such store
     */
    public <K> KeyQueryMetadata ofKey(String store, K key, StreamPartitioner<? super K, ?> partitioner) {
        if (isGlobal(store)) {
            return new KeyQueryMetadata(host, Set.of(), -1);
        }
        TopicPartition widest = widestInput(store);
        Optional<Set<Integer>> chosen = partitioner.partitions(widest.topic(), key, null, widest.partition() + 1);
        if (chosen.isEmpty() || chosen.get().size() != 1) {
            throw new IllegalArgumentException("the partitioner chose " + chosen + " of topic " + widest.topic()
                    + ", expected exactly one partition: a key is looked for in one place");
        }
        return new KeyQueryMetadata(host, Set.of(), chosen.get().iterator().next());
    }

    private boolean isGlobal(String store) {
        return plans.get().globalTasks().stream().anyMatch(task -> owns(task, store));
    }

    /** The last partition of the input topic that has most of them, which decides how many tasks there are. */
    private TopicPartition widestInput(String store) {
        TopicPartition widest = null;
        for (TaskPlan task : plans.get().tasks()) {
            if (owns(task, store)) {
                for (TopicPartition input : task.inputs()) {
                    widest = widest == null || input.partition() > widest.partition() ? input : widest;
                }
            }
        }
        if (widest == null) {
            throw new UnknownStateStoreException(
                    "the topology has no store '" + store + "', only " + client().stateStoreNames());
        }
        return widest;
    }

    private static boolean owns(TaskPlan task, String store) {
        return task.stores().stream().anyMatch(spec -> spec.name().equals(store));
    }

    /** The tasks that run now, by the name of their thread. */
    public Map<String, Set<TaskMetadata>> tasksByThread() {
        List<TopicPartition> inputs = running.values().stream()
                .flatMap(task -> task.plan().inputs().stream())
                .toList();
        Map<TopicPartition, Long> ends = inputs.isEmpty() ? Map.of() : admin.endOffsets(inputs);
        return running.values().stream()
                .collect(Collectors.groupingBy(
                        Running::thread, Collectors.mapping(task -> metadata(task.plan(), ends), Collectors.toSet())));
    }

    private TaskMetadata metadata(TaskPlan task, Map<TopicPartition, Long> ends) {
        Set<TopicPartition> inputs = Set.copyOf(task.inputs());
        return new TaskMetadata(task.id(), inputs, only(committed, inputs), only(ends, inputs));
    }

    private static Map<TopicPartition, Long> only(Map<TopicPartition, Long> offsets, Set<TopicPartition> inputs) {
        Map<TopicPartition, Long> some = new TreeMap<>();
        inputs.forEach(input -> {
            Long offset = offsets.get(input);
            if (offset != null) {
                some.put(input, offset);
            }
        });
        return some;
    }

    /** How far each store is behind its changelog, by store and partition; without stores that have none. */
    public Map<String, Map<Integer, LagInfo>> lags() {
        List<TopicPartition> changelogs = plans.get().tasks().stream()
                .flatMap(task -> task.changelogs().values().stream())
                .toList();
        Map<TopicPartition, Long> ends = changelogs.isEmpty() ? Map.of() : admin.endOffsets(changelogs);
        Map<String, Map<Integer, LagInfo>> lags = new TreeMap<>();
        for (TaskPlan task : plans.get().tasks()) {
            task.changelogs().forEach((store, changelog) -> {
                long end = ends.getOrDefault(changelog, 0L);
                lags.computeIfAbsent(store, name -> new TreeMap<>())
                        .put(task.id().partition(), new LagInfo(reached(task, changelog, end), end));
            });
        }
        return lags;
    }

    /** A running task writes its changelog itself, so its store has all that is in there. */
    private long reached(TaskPlan task, TopicPartition changelog, long end) {
        if (running.containsKey(task.id())) {
            return end;
        }
        @Nullable Long restored = restores.reached(changelog);
        return restored == null ? 0 : Math.min(restored, end);
    }
}
