package io.tailrace.systemtests.crash;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Admin;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.runtime.StreamsApp;
import io.tailrace.runtime.metadata.TaskMetadata;
import io.tailrace.runtime.metadata.ThreadMetadata;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Notices from outside that stores have committed, a little late, but never too early: a store has when a commit of its task was
 * published after its changelog had been seen to hold committed records. Owner: one thread.
 */
final class CommitWatch {
    private final Admin admin;
    private final StreamsApp app;
    private final Consumer<TopicPartition> committed;

    /** Changelogs whose stores have not been seen to commit, with an input of their task. */
    private final Map<TopicPartition, TopicPartition> waiting;

    /** What their tasks had committed when they had records already. */
    private final Map<TopicPartition, Map<TopicPartition, Long>> before = new HashMap<>();

    /**
     * @param changelogs each with an input of the task that has it
     * @param committed told of each of them once
     */
    CommitWatch(
            Admin admin,
            StreamsApp app,
            Map<TopicPartition, TopicPartition> changelogs,
            Consumer<TopicPartition> committed) {
        this.admin = admin;
        this.app = app;
        this.waiting = new HashMap<>(changelogs);
        this.committed = committed;
    }

    /** Looks at what is committed now; the ends of the changelogs come first, so that they are older than that. */
    void look() {
        if (waiting.isEmpty()) {
            return;
        }
        Map<TopicPartition, Long> ends = admin.endOffsets(List.copyOf(waiting.keySet()), IsolationLevel.READ_COMMITTED);
        Map<TopicPartition, Map<TopicPartition, Long>> committedByInput = committedByInput();
        for (Iterator<Map.Entry<TopicPartition, TopicPartition>> rest =
                        waiting.entrySet().iterator();
                rest.hasNext(); ) {
            Map.Entry<TopicPartition, TopicPartition> entry = rest.next();
            TopicPartition changelog = entry.getKey();
            Map<TopicPartition, Long> now = committedByInput.get(entry.getValue());
            if (now == null || ends.getOrDefault(changelog, 0L) == 0) {
                continue;
            }
            Map<TopicPartition, Long> then = before.putIfAbsent(changelog, now);
            if (then != null && !then.equals(now)) {
                rest.remove();
                committed.accept(changelog);
            }
        }
    }

    /** By each input the offsets that its task has committed. */
    private Map<TopicPartition, Map<TopicPartition, Long>> committedByInput() {
        Map<TopicPartition, Map<TopicPartition, Long>> byInput = new HashMap<>();
        for (ThreadMetadata thread : app.metadataForLocalThreads()) {
            for (TaskMetadata task : thread.activeTasks()) {
                task.topicPartitions().forEach(input -> byInput.put(input, task.committedOffsets()));
            }
        }
        return byInput;
    }
}
