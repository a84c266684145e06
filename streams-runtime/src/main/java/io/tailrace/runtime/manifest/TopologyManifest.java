package io.tailrace.runtime.manifest;

import io.tailrace.common.TopicPartition;
import io.tailrace.runtime.plan.InternalTopic;
import io.tailrace.runtime.plan.PhysicalPlan;
import io.tailrace.runtime.plan.TaskPlan;
import io.tailrace.topology.StoreSpec;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The parts of a topology that outlive the process. Stored as JSON with these names.
 *
 * @param format of this record, {@value #FORMAT}
 * @param stores sorted by name
 * @param repartitionTopics sorted by name
 */
public record TopologyManifest(int format, List<Store> stores, List<Topic> repartitionTopics) {
    public static final int FORMAT = 1;

    /**
     * @param kind as {@link StoreKind} says
     * @param global whether a topic that is not the application's fills it: a global or read-only store
     * @param logged whether it has a changelog
     * @param persistent whether it has files
     * @param subtopology in which it is; that of a global store does not matter
     * @param partitions how many tasks have one
     * @param changelogId of the topic; null while there is none
     */
    public record Store(
            String name,
            String kind,
            boolean global,
            boolean logged,
            boolean persistent,
            int subtopology,
            int partitions,
            @Nullable String changelogId) {}

    /** @param name in the log */
    public record Topic(String name, int partitions) {}

    public TopologyManifest {
        stores = List.copyOf(stores);
        repartitionTopics = List.copyOf(repartitionTopics);
    }

    /** @param topicId of a topic, null when it does not exist */
    static TopologyManifest of(PhysicalPlan plan, Function<String, @Nullable String> topicId) {
        Map<String, Store> stores = new TreeMap<>();
        plan.tasks().forEach(task -> add(task, stores, topicId));
        plan.globalTasks().forEach(task -> add(task, stores, topicId));
        List<Topic> topics = plan.internalTopics().stream()
                .filter(topic -> !isChangelog(topic, plan))
                .map(topic -> new Topic(topic.name(), topic.partitions()))
                .sorted(Comparator.comparing(Topic::name))
                .toList();
        return new TopologyManifest(FORMAT, List.copyOf(stores.values()), topics);
    }

    private static boolean isChangelog(InternalTopic topic, PhysicalPlan plan) {
        return plan.tasks().stream()
                .flatMap(task -> task.changelogs().values().stream())
                .anyMatch(changelog -> changelog.topic().equals(topic.name()));
    }

    private static void add(TaskPlan task, Map<String, Store> stores, Function<String, @Nullable String> topicId) {
        for (StoreSpec spec : task.stores()) {
            stores.compute(spec.name(), (name, known) -> known == null ? first(task, spec, topicId) : oneMore(known));
        }
    }

    private static Store first(TaskPlan task, StoreSpec spec, Function<String, @Nullable String> topicId) {
        TopicPartition changelog = task.changelogs().get(spec.name());
        var sample = spec.builder().build(); // not opened: only its types are looked at
        return new Store(
                spec.name(),
                StoreKind.of(sample),
                task.global() || spec.sourceTopic() != null,
                spec.builder().loggingEnabled(),
                sample.persistent(),
                task.global() ? 0 : task.id().subtopology(),
                1,
                changelog == null ? null : topicId.apply(changelog.topic()));
    }

    private static Store oneMore(Store store) {
        return new Store(
                store.name,
                store.kind,
                store.global,
                store.logged,
                store.persistent,
                store.subtopology,
                store.partitions + 1,
                store.changelogId);
    }

    boolean isEmpty() {
        return stores.isEmpty() && repartitionTopics.isEmpty();
    }
}
