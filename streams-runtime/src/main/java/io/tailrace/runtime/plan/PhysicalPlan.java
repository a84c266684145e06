package io.tailrace.runtime.plan;

import io.tailrace.common.TopicPartition;
import io.tailrace.errors.MisconfiguredInternalTopicException;
import io.tailrace.errors.MissingSourceTopicException;
import io.tailrace.errors.TopologyException;
import io.tailrace.processor.TaskId;
import io.tailrace.topology.GlobalStoreSpec;
import io.tailrace.topology.SourceSpec;
import io.tailrace.topology.StoreSpec;
import io.tailrace.topology.SubtopologySpec;
import io.tailrace.topology.TopologyGraph;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * A topology laid out on the partitions of a log: which tasks there are, what each reads and writes, and which internal
 * topics they need. Immutable, for any thread; the same input always gives the same plan.
 */
public final class PhysicalPlan {
    private final TopologyGraph graph;
    private final TopicNames names;
    private final List<TaskPlan> tasks;
    private final List<TaskPlan> globalTasks;
    private final List<InternalTopic> internalTopics;
    private final Map<String, Integer> partitions;

    private PhysicalPlan(
            TopologyGraph graph,
            TopicNames names,
            List<TaskPlan> tasks,
            List<TaskPlan> globalTasks,
            List<InternalTopic> internalTopics,
            Map<String, Integer> partitions) {
        this.graph = graph;
        this.names = names;
        this.tasks = List.copyOf(tasks);
        this.globalTasks = List.copyOf(globalTasks);
        this.internalTopics = List.copyOf(internalTopics);
        this.partitions = Map.copyOf(partitions);
    }

    /**
     * @param existing the partition counts of the topics that are in the log, by name; more than needed is no harm, except that
     *     sources by pattern read those that match
     * @param topicConfigs configs for every internal topic, which a store's own override
     * @throws TopologyException when there is nothing to read, or partition counts do not fit together
     * @throws MissingSourceTopicException when external topics are not in the log; it names all of them
     * @throws MisconfiguredInternalTopicException when an internal topic is there with another partition count
     */
    public static PhysicalPlan of(
            TopologyGraph topology,
            String applicationId,
            Map<String, Integer> existing,
            Map<String, String> topicConfigs) {
        TopicNames names = new TopicNames(topology, applicationId);
        TopologyGraph graph = topology.reading(names.readableByPattern(topology, existing.keySet()));
        Set<String> external = externalTopics(graph, names);
        requireSources(graph, external, existing);
        Map<String, Integer> externalCounts = new LinkedHashMap<>();
        external.forEach(topic -> externalCounts.put(topic, existing.getOrDefault(topic, 0)));
        Map<String, Integer> counts = PartitionCounts.resolve(graph, externalCounts);

        List<TaskPlan> tasks = new ArrayList<>();
        List<InternalTopic> internal = new ArrayList<>();
        for (String topic : names.repartitionTopics().keySet()) {
            int count = counts.getOrDefault(topic, 0);
            if (count > 0) { // else nothing matches the patterns of its sources yet
                internal.add(
                        new InternalTopic(names.inLog(topic), count, InternalTopicConfigs.repartition(topicConfigs)));
            }
        }
        for (SubtopologySpec part : graph.subtopologies()) {
            int width = part.sourceTopics().stream()
                    .mapToInt(t -> counts.getOrDefault(t, 0))
                    .max()
                    .orElse(0);
            List<StoreSpec> stores = graph.stores().stream()
                    .filter(store -> part.stores().contains(store.name()))
                    .sorted(upstreamFirst(part))
                    .toList();
            stores.forEach(store -> addChangelog(internal, names, store, width, topicConfigs));
            for (int partition = 0; partition < width; partition++) {
                tasks.add(task(part, partition, stores, counts, names));
            }
        }
        internal.forEach(topic -> requireCount(topic, existing));

        Map<String, Integer> partitions = new LinkedHashMap<>();
        counts.forEach((topic, count) -> partitions.put(names.inLog(topic), count));
        return new PhysicalPlan(graph, names, tasks, globalTasks(graph, counts), internal, partitions);
    }

    /** The external topics that a topology reads, sorted; of these {@link #of} needs the partition counts. */
    public static Set<String> externalTopics(TopologyGraph graph) {
        return externalTopics(graph, new TopicNames(graph, "any"));
    }

    private static Set<String> externalTopics(TopologyGraph graph, TopicNames names) {
        Set<String> external = new TreeSet<>();
        graph.sources().forEach(source -> external.addAll(source.topics()));
        graph.globalStores().forEach(store -> external.addAll(store.source().topics()));
        external.removeIf(names::isInternal);
        return external;
    }

    private static void requireSources(TopologyGraph graph, Set<String> external, Map<String, Integer> existing) {
        if (external.isEmpty() && !graph.readsPatterns()) {
            throw new TopologyException("the topology has no source: add one with a topic to read");
        }
        Set<String> missing = new LinkedHashSet<>(external);
        missing.removeAll(existing.keySet());
        if (!missing.isEmpty()) {
            throw new MissingSourceTopicException(
                    "source topics " + missing + " are not in the log: create them before the application is started");
        }
    }

    /** In the order of the first node that uses each: what a store gives away when it is flushed goes to stores after it. */
    private static Comparator<StoreSpec> upstreamFirst(SubtopologySpec part) {
        Map<String, Integer> places = new HashMap<>();
        part.nodes().forEach(node -> places.put(node.name(), places.size()));
        return Comparator.comparingInt(store -> store.processors().stream()
                .mapToInt(processor -> places.getOrDefault(processor, Integer.MAX_VALUE))
                .min()
                .orElse(Integer.MAX_VALUE));
    }

    private static void addChangelog(
            List<InternalTopic> internal,
            TopicNames names,
            StoreSpec store,
            int width,
            Map<String, String> topicConfigs) {
        if (store.builder().loggingEnabled() && width > 0) {
            Map<String, String> configs = InternalTopicConfigs.changelog(
                    store.builder().retentionMs(),
                    store.builder().historyRetentionMs(),
                    topicConfigs,
                    store.builder().logConfig());
            internal.add(new InternalTopic(names.changelog(store.name()), width, configs));
        }
    }

    private static TaskPlan task(
            SubtopologySpec part,
            int partition,
            List<StoreSpec> stores,
            Map<String, Integer> counts,
            TopicNames names) {
        List<TopicPartition> inputs = part.sourceTopics().stream()
                .filter(topic -> partition < counts.getOrDefault(topic, 0))
                .map(topic -> new TopicPartition(names.inLog(topic), partition))
                .toList();
        Map<String, TopicPartition> changelogs = new LinkedHashMap<>();
        stores.stream()
                .filter(store -> store.builder().loggingEnabled())
                .forEach(store ->
                        changelogs.put(store.name(), new TopicPartition(names.changelog(store.name()), partition)));
        return new TaskPlan(new TaskId(part.id(), partition), part.nodes(), stores, inputs, changelogs, false);
    }

    /** A global store is a task of its own that reads all partitions of its topic, which is its changelog as well. */
    private static List<TaskPlan> globalTasks(TopologyGraph graph, Map<String, Integer> counts) {
        int nextId = graph.subtopologies().stream()
                        .mapToInt(SubtopologySpec::id)
                        .max()
                        .orElse(-1)
                + 1;
        List<TaskPlan> tasks = new ArrayList<>();
        for (GlobalStoreSpec store : graph.globalStores()) {
            SourceSpec source = store.source();
            List<TopicPartition> inputs = IntStream.range(0, counts.getOrDefault(store.topic(), 0))
                    .mapToObj(partition -> new TopicPartition(store.topic(), partition))
                    .toList();
            StoreSpec owned =
                    new StoreSpec(store.builder(), Set.of(store.processor().name()));
            tasks.add(new TaskPlan(
                    new TaskId(nextId++, 0),
                    List.of(source, store.processor()),
                    List.of(owned),
                    inputs,
                    Map.of(),
                    true));
        }
        return tasks;
    }

    private static void requireCount(InternalTopic topic, Map<String, Integer> existing) {
        Integer found = existing.get(topic.name());
        if (found != null && found != topic.partitions()) {
            throw new MisconfiguredInternalTopicException("internal topic '" + topic.name() + "' has " + found
                    + " partitions, expected " + topic.partitions()
                    + ": the partition count of its sources, or the topology, has changed since it was created; restore"
                    + " the old count, or delete the application's internal topics, offsets and state to start over");
        }
    }

    /** The topology with the topics that its patterns match. */
    public TopologyGraph graph() {
        return graph;
    }

    public TopicNames names() {
        return names;
    }

    /** By sub-topology, then by partition. */
    public List<TaskPlan> tasks() {
        return tasks;
    }

    /** One for each global store. */
    public List<TaskPlan> globalTasks() {
        return globalTasks;
    }

    /** Repartition topics, then changelogs. */
    public List<InternalTopic> internalTopics() {
        return internalTopics;
    }

    /** Every partition that a task reads, of repartition topics too; sorted. */
    public List<TopicPartition> inputs() {
        return tasks.stream()
                .flatMap(task -> task.inputs().stream())
                .distinct()
                .sorted()
                .toList();
    }

    /** Partition counts of source topics and repartition topics, by their names in the log. */
    public Map<String, Integer> partitions() {
        return partitions;
    }

    /**
     * Deals the tasks out to workers, so that the tasks of each sub-topology and all tasks are spread evenly.
     *
     * @param workers from 1; a worker more than there are tasks would have nothing to do and is left out
     */
    public List<List<TaskPlan>> assign(int workers) {
        if (workers < 1) {
            throw new IllegalArgumentException(workers + " workers, expected 1 or more");
        }
        Map<Integer, List<TaskPlan>> dealt = new TreeMap<>();
        int next = 0;
        for (TaskPlan task : tasks) {
            dealt.computeIfAbsent(next, worker -> new ArrayList<>()).add(task);
            next = (next + 1) % workers;
        }
        return dealt.values().stream().map(Collections::unmodifiableList).toList();
    }

    /** One line per task and internal topic, for people. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        tasks.forEach(task -> text.append("task ")
                .append(task.id())
                .append(" reads ")
                .append(task.inputs())
                .append(task.stores().isEmpty() ? "" : ", owns ")
                .append(
                        task.stores().isEmpty()
                                ? ""
                                : task.stores().stream().map(StoreSpec::name).toList())
                .append('\n'));
        internalTopics.forEach(topic -> text.append("internal topic ")
                .append(topic.name())
                .append(" with ")
                .append(topic.partitions())
                .append(" partitions\n"));
        return text.toString();
    }
}
