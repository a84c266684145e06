package io.tailrace.runtime.restore;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.Admin;
import io.tailrace.log.api.IsolationLevel;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * First offset and end, as readers of committed data see it, of changelog partitions, as of one moment. A commit marker counts:
 * a store that has applied everything is at the offset behind it.
 *
 * @param starts by partition
 * @param ends by partition
 * @param cut those of which somebody has deleted records: they do not begin at 0, though no retention removes anything of them
 */
public record ChangelogBounds(
        Map<TopicPartition, Long> starts, Map<TopicPartition, Long> ends, Set<TopicPartition> cut) {
    private static final String CLEANUP_POLICY = "cleanup.policy";

    public ChangelogBounds {
        starts = Map.copyOf(starts);
        ends = Map.copyOf(ends);
        cut = Set.copyOf(cut);
    }

    /** Of no partitions. */
    public static ChangelogBounds none() {
        return new ChangelogBounds(Map.of(), Map.of(), Set.of());
    }

    public static ChangelogBounds of(Admin admin, Collection<TopicPartition> changelogs) {
        Map<TopicPartition, Long> starts = admin.beginningOffsets(changelogs);
        Set<TopicPartition> cut = starts.keySet().stream()
                .filter(changelog -> starts.getOrDefault(changelog, 0L) > 0
                        && !admin.describeTopic(changelog.topic())
                                .configs()
                                .getOrDefault(CLEANUP_POLICY, "delete")
                                .contains("delete"))
                .collect(Collectors.toSet());
        return new ChangelogBounds(starts, admin.endOffsets(changelogs, IsolationLevel.READ_COMMITTED), cut);
    }

    /** The same with other ends for some of the partitions. */
    public ChangelogBounds endingAt(Map<TopicPartition, Long> others) {
        Map<TopicPartition, Long> all = new HashMap<>(ends);
        all.putAll(others);
        return new ChangelogBounds(starts, all, cut);
    }

    public long start(TopicPartition changelog) {
        return Objects.requireNonNull(starts.get(changelog), changelog::toString);
    }

    public long end(TopicPartition changelog) {
        return Objects.requireNonNull(ends.get(changelog), changelog::toString);
    }

    /**
     * Whether replaying gives a store everything that it ever had.
     *
     * @param committed below which it has applied everything; null for nothing
     */
    public boolean isComplete(TopicPartition changelog, @Nullable Long committed) {
        return !cut.contains(changelog) || (committed != null && committed >= start(changelog));
    }

    /** Whether a store that has applied everything below {@code offset} can be brought up to date by replaying from there. */
    public boolean canReplayFrom(TopicPartition changelog, long offset) {
        return offset >= start(changelog) && offset <= end(changelog);
    }

    /**
     * Whether the changelog is still the one that a store has applied up to {@code offset}, but without its last records. An
     * empty one is not: it was made anew, and a store that knows another one has nothing to do with it.
     */
    public boolean hasLostItsTail(TopicPartition changelog, long offset) {
        return offset > end(changelog) && end(changelog) > start(changelog);
    }
}
