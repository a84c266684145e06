package io.tailrace.log.group;

import io.tailrace.common.TopicPartition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Divides partitions as evenly as the subscriptions allow and moves little for that.
 *
 * <p>Everybody first keeps what he had; what is free goes, topics with few subscribers first, to the least loaded; then
 * partitions are moved until it is level. A move may need several members: {@code a} gives a partition to {@code b}, which gives
 * another one to {@code c}, who does not subscribe to the topics of {@code a}. While there is a chain from a member to another
 * one that has two or more less, the shortest is used. When there is none, no other assignment has a smaller sum of squared
 * loads; with equal subscriptions, that means that loads differ by at most one and no more partitions than necessary have
 * moved.
 *
 * <p>See Harvey, Ladner, Lovász, Tamir: "Semi-matchings for bipartite graphs and load balancing", Journal of Algorithms 59
 * (2006).
 */
final class StickyAssignor {
    private final List<Load> loads = new ArrayList<>();
    private final Map<String, List<Load>> subscribers = new HashMap<>(); // by topic
    private final Map<String, Integer> partitionCounts = new HashMap<>(); // by topic
    private final Set<TopicPartition> given = new HashSet<>();

    /** What a member has so far. */
    private static final class Load {
        final Subscriber member;
        final SortedMap<String, SortedSet<TopicPartition>> byTopic = new TreeMap<>();
        int count;

        Load(Subscriber member) {
            this.member = member;
        }

        void add(TopicPartition partition) {
            byTopic.computeIfAbsent(partition.topic(), topic -> new TreeSet<>()).add(partition);
            count++;
        }

        void remove(TopicPartition partition) {
            byTopic.computeIfPresent(
                    partition.topic(), (topic, mine) -> mine.remove(partition) && mine.isEmpty() ? null : mine);
            count--;
        }
    }

    /** Part of a chain: {@code from} can give a partition of {@code topic} to {@code to}. */
    private record Step(Load from, String topic, Load to) {}

    private StickyAssignor(List<Subscriber> members, ToIntFunction<String> partitionCounts) {
        for (Subscriber member : members) {
            Load load = new Load(member);
            loads.add(load);
            for (String topic : member.topics()) {
                subscribers.computeIfAbsent(topic, t -> new ArrayList<>()).add(load);
                this.partitionCounts.computeIfAbsent(topic, partitionCounts::applyAsInt);
            }
        }
    }

    static Map<String, Set<TopicPartition>> assign(List<Subscriber> members, ToIntFunction<String> partitionCounts) {
        StickyAssignor assignor = new StickyAssignor(members, partitionCounts);
        assignor.keepPrevious();
        assignor.dealOut();
        assignor.level();
        Map<String, Set<TopicPartition>> assignment = new HashMap<>();
        for (Load load : assignor.loads) {
            Set<TopicPartition> share = new TreeSet<>();
            load.byTopic.values().forEach(share::addAll);
            assignment.put(load.member.memberId(), share);
        }
        return assignment;
    }

    private void keepPrevious() {
        for (Load load : loads) {
            for (TopicPartition partition : load.member.previous()) {
                boolean possible = load.member.topics().contains(partition.topic())
                        && partition.partition() < partitionCounts.getOrDefault(partition.topic(), 0);
                if (possible && given.add(partition)) {
                    load.add(partition);
                }
            }
        }
    }

    private void dealOut() {
        List<String> topics = new ArrayList<>(subscribers.keySet());
        topics.sort(
                Comparator.comparingInt((String topic) -> subscribersOf(topic).size())
                        .thenComparing(Comparator.naturalOrder()));
        for (String topic : topics) {
            for (int i = 0; i < partitionCounts.getOrDefault(topic, 0); i++) {
                TopicPartition partition = new TopicPartition(topic, i);
                if (given.add(partition)) {
                    leastLoaded(subscribersOf(topic)).add(partition);
                }
            }
        }
    }

    private List<Load> subscribersOf(String topic) {
        return subscribers.getOrDefault(topic, List.of());
    }

    private static Load leastLoaded(List<Load> candidates) {
        return Collections.min(candidates, Comparator.comparingInt(load -> load.count)); // the first one of equals
    }

    private void level() {
        List<Load> fullestFirst = new ArrayList<>(loads);
        boolean moved = true;
        while (moved) {
            moved = false;
            fullestFirst.sort(Comparator.comparingInt((Load load) -> load.count).reversed());
            for (Load fullest : fullestFirst) {
                List<Step> chain = chainFrom(fullest);
                if (!chain.isEmpty()) {
                    chain.forEach(StickyAssignor::move);
                    moved = true;
                    break;
                }
            }
        }
    }

    /** The shortest chain to a member that has two or more less, and of these to the least loaded; empty when there is none. */
    private List<Step> chainFrom(Load start) {
        Map<Load, @Nullable Step> reachedBy = new HashMap<>();
        reachedBy.put(start, null);
        List<Load> level = List.of(start);
        while (!level.isEmpty()) {
            List<Load> next = new ArrayList<>();
            for (Load from : level) {
                for (String topic : from.byTopic.keySet()) {
                    for (Load to : subscribersOf(topic)) {
                        if (!reachedBy.containsKey(to)) {
                            reachedBy.put(to, new Step(from, topic, to));
                            next.add(to);
                        }
                    }
                }
            }
            if (!next.isEmpty() && leastLoaded(next).count <= start.count - 2) {
                return chainTo(leastLoaded(next), reachedBy);
            }
            level = next;
        }
        return List.of();
    }

    private static List<Step> chainTo(Load end, Map<Load, @Nullable Step> reachedBy) {
        ArrayDeque<Step> chain = new ArrayDeque<>();
        for (Step step = reachedBy.get(end); step != null; step = reachedBy.get(step.from())) {
            chain.addFirst(step);
        }
        return List.copyOf(chain);
    }

    /** Best a partition that comes home, next best one that was not at home here, else the last one. */
    private static void move(Step step) {
        Set<TopicPartition> home = step.to().member.previous();
        Set<TopicPartition> here = step.from().member.previous();
        TopicPartition chosen = null;
        int best = -1;
        for (TopicPartition partition : step.from().byTopic.getOrDefault(step.topic(), Collections.emptySortedSet())) {
            int merit = home.contains(partition) ? 2 : here.contains(partition) ? 0 : 1;
            if (merit >= best) {
                best = merit;
                chosen = partition;
            }
        }
        if (chosen != null) {
            step.from().remove(chosen);
            step.to().add(chosen);
        }
    }
}
