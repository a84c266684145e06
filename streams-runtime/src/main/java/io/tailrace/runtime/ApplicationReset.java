package io.tailrace.runtime;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Admin;
import io.tailrace.log.api.EventLog;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.OffsetReset;
import io.tailrace.runtime.config.StreamsConfig;
import io.tailrace.runtime.engine.StateDirectory;
import io.tailrace.runtime.manifest.TopologyRecord;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Lets an application begin anew: its changelogs, repartition topics and local state are deleted, and its committed offsets in
 * the topics that it reads are moved. What the log knows of its topology is forgotten. Its output topics stay as they are.
 *
 * <p>What belongs to an application is known by its id. When a reset is interrupted, run it again: it does the rest, and the
 * application must not be started in between.
 */
public final class ApplicationReset {
    private static final List<String> INTERNAL = List.of("-changelog", "-repartition");

    private final EventLog log;
    private final StreamsConfig config;
    private final String applicationId;

    /**
     * What a reset does.
     *
     * @param before what is committed now, of the partitions in {@code after}
     * @param after what will be committed, by input partition
     * @param internalTopics that will be deleted
     * @param stateDirectory that will be deleted; empty when there is none
     */
    public record Plan(
            Map<TopicPartition, OffsetAndMetadata> before,
            Map<TopicPartition, OffsetAndMetadata> after,
            Set<String> internalTopics,
            Optional<Path> stateDirectory) {
        public Plan {
            before = Map.copyOf(before);
            after = Map.copyOf(after);
            internalTopics = Set.copyOf(internalTopics);
        }

        /** Whether there is nothing that an application of this id has left. */
        public boolean isEmpty() {
            return after.isEmpty() && internalTopics.isEmpty() && stateDirectory.isEmpty();
        }
    }

    /** @param config of the application; of it only {@code application.id} and {@code state.dir} matter */
    public ApplicationReset(EventLog log, StreamsConfig config) {
        this.log = log;
        this.config = config;
        this.applicationId = config.applicationId();
    }

    /** What {@link #run} would do; changes nothing. */
    public Plan plan(OffsetReset to) {
        Admin admin = log.admin();
        Set<String> internal = internalTopics(admin);
        Map<TopicPartition, OffsetAndMetadata> before = new TreeMap<>();
        admin.committedOffsets(applicationId).forEach((partition, offset) -> {
            if (!internal.contains(partition.topic())) {
                before.put(partition, offset);
            }
        });
        Map<TopicPartition, OffsetAndMetadata> after =
                before.isEmpty() ? Map.of() : admin.planOffsetReset(applicationId, before.keySet(), to);
        Path directory = StateDirectory.locate(config, log);
        return new Plan(before, after, internal, Files.exists(directory) ? Optional.of(directory) : Optional.empty());
    }

    /**
     * @param to where the application goes on in the topics that it reads
     * @return what was done
     * @throws io.tailrace.errors.LockException when the application runs
     */
    public Plan run(OffsetReset to) {
        Plan plan = plan(to);
        StateDirectory.delete(config, log, () -> {
            Admin admin = log.admin();
            plan.internalTopics().forEach(admin::deleteTopic);
            TopologyRecord.forget(applicationId, log);
            if (!plan.after().isEmpty()) {
                admin.alterCommittedOffsets(applicationId, plan.after());
            }
        });
        return plan;
    }

    /** Without those of another application whose id begins with this one's. */
    private Set<String> internalTopics(Admin admin) {
        String prefix = applicationId + "-";
        Set<String> longerIds = admin.listGroups().stream()
                .filter(group -> group.startsWith(prefix))
                .collect(Collectors.toSet());
        return admin.listTopics().stream()
                .filter(topic -> topic.startsWith(prefix) && INTERNAL.stream().anyMatch(topic::endsWith))
                .filter(topic -> longerIds.stream().noneMatch(id -> topic.startsWith(id + "-")))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
