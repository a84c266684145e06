package io.tailrace.runtime.worker;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Admin;
import io.tailrace.runtime.task.ActiveTask;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/** Up to where stores are filled after a commit. */
final class ChangelogEnds {
    private ChangelogEnds() {}

    /**
     * The log ends of the tasks' changelogs. A changelog partition has one writer, the task, and its commit is in the log; so
     * the end, behind the marker of the commit if there is one, is what a restart would have to read next.
     */
    static Map<TopicPartition, Long> of(Admin admin, Collection<ActiveTask> tasks) {
        List<TopicPartition> changelogs = tasks.stream()
                .flatMap(task -> task.plan().changelogs().values().stream())
                .toList();
        return changelogs.isEmpty() ? Map.of() : admin.endOffsets(changelogs);
    }
}
