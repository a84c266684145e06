package io.tailrace.proof;

import io.tailrace.common.TopicPartition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What a workload did and when. Times are counts of disk operations: something that was done at 17 has happened before a
 * power cut after 17 operations or more.
 */
final class History {
    static final int NEVER = Integer.MAX_VALUE;

    /** All topics that ever were, one for each life of a name. */
    final List<TopicLife> topics = new ArrayList<>();

    /** All transactions that ever began. */
    final List<Transaction> transactions = new ArrayList<>();

    /** Committed offsets in the order of their commits, by group and partition. */
    final Map<String, Map<TopicPartition, List<Commit>>> commits = new TreeMap<>();

    /** A topic from its creation to its deletion. */
    static final class TopicLife {
        final String name;
        final int partitions;
        int createStarted;
        int createDone = NEVER;
        int deleteStarted = NEVER;
        int deleteDone = NEVER;

        /** Every record sent to it, by value. */
        final Map<String, Sent> sent = new HashMap<>();

        TopicLife(String name, int partitions, int createStarted) {
            this.name = name;
            this.partitions = partitions;
            this.createStarted = createStarted;
        }

        boolean mayExist(int time) {
            return createStarted < time && deleteDone > time;
        }

        boolean mustExist(int time) {
            return createDone <= time && deleteStarted >= time;
        }
    }

    /** A transaction: committed when its commit was done, maybe when it had begun, aborted otherwise. */
    static final class Transaction {
        final List<Sent> records = new ArrayList<>();
        int commitStarted = NEVER;
        int commitDone = NEVER;

        boolean mayBeCommitted(int time) {
            return commitStarted < time;
        }

        boolean isCommitted(int time) {
            return commitDone <= time;
        }
    }

    /** A record and what became of it. */
    static final class Sent {
        final int partition;
        final @Nullable String key;
        final String value;
        final int sentAt;
        final TopicLife topic;

        @Nullable
        Transaction transaction;

        long offset = -1;
        int durableAt = NEVER;

        Sent(TopicLife topic, int partition, @Nullable String key, String value, int sentAt) {
            this.topic = topic;
            this.partition = partition;
            this.key = key;
            this.value = value;
            this.sentAt = sentAt;
        }
    }

    /** A committed offset. */
    static final class Commit {
        final long offset;
        final int startedAt;
        boolean acknowledged;
        int durableAt = NEVER;

        Commit(long offset, int startedAt) {
            this.offset = offset;
            this.startedAt = startedAt;
        }
    }

    TopicLife createTopic(String name, int partitions, int time) {
        TopicLife life = new TopicLife(name, partitions, time);
        topics.add(life);
        return life;
    }

    Commit commit(String group, TopicPartition partition, long offset, int time) {
        Commit commit = new Commit(offset, time);
        commits.computeIfAbsent(group, g -> new TreeMap<>())
                .computeIfAbsent(partition, p -> new ArrayList<>())
                .add(commit);
        return commit;
    }

    /** The life that a topic found after a power cut must be of, or may be of when none must; null when there is none. */
    @Nullable
    TopicLife find(String name, int time) {
        TopicLife found = null;
        for (TopicLife life : topics) {
            if (life.name.equals(name) && life.mayExist(time)) {
                found = life; // the latest: its creation began after the deletion of the one before had been done
            }
        }
        return found;
    }
}
