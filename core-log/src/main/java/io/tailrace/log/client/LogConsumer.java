package io.tailrace.log.client;

import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.CommitFailedException;
import io.tailrace.common.errors.InvalidGroupIdException;
import io.tailrace.common.errors.LogClosedException;
import io.tailrace.common.errors.UnknownTopicOrPartitionException;
import io.tailrace.common.errors.WakeupException;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.ConsumerGroupMetadata;
import io.tailrace.log.api.ConsumerRebalanceListener;
import io.tailrace.log.api.ConsumerRecords;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.catalog.TopicName;
import io.tailrace.serde.Deserializer;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * The {@link Consumer} of the embedded log: the face, the wait, and the commits. What is held and where it stands is {@link
 * HeldPartitions}; membership in a group is {@link GroupMember}.
 */
final class LogConsumer<K, V> implements Consumer<K, V> {
    private final Topics topics;
    private final Groups groups;
    private final Time time;
    private final ConsumerConfig config;
    private final OwnerGuard guard = new OwnerGuard("consumer");
    private final Signal signal = new Signal();
    private final AtomicBoolean wakeup = new AtomicBoolean();
    private final HeldPartitions<K, V> held;
    private final GroupMember member;
    private boolean assignedByHand;
    private boolean closed;

    LogConsumer(
            Topics topics,
            Groups groups,
            Time time,
            ConsumerConfig config,
            Deserializer<? extends K> keyDeserializer,
            Deserializer<? extends V> valueDeserializer) {
        this.topics = topics;
        this.groups = groups;
        this.time = time;
        this.config = config;
        this.held = new HeldPartitions<>(
                topics, groups, config, new RecordDecoder<>(keyDeserializer, valueDeserializer), signal);
        this.member = new GroupMember(groups, held, signal);
    }

    @Override
    public void subscribe(Collection<String> subscription) {
        subscribe(subscription, GroupMember.NO_LISTENER);
    }

    @Override
    public void subscribe(Collection<String> subscription, ConsumerRebalanceListener listener) {
        enter();
        try {
            member.checkNotInListener();
            if (assignedByHand) {
                throw new IllegalStateException("subscribe after assign: unsubscribe() first");
            }
            subscription.forEach(TopicName::check);
            if (subscription.isEmpty()) {
                member.leave();
            } else {
                member.subscribe(groupId(), new LinkedHashSet<>(subscription), listener);
            }
        } finally {
            guard.exit();
        }
    }

    @Override
    public void assign(Collection<TopicPartition> partitions) {
        enter();
        try {
            member.checkNotInListener();
            if (member.isSubscribed()) {
                throw new IllegalStateException("assign after subscribe: unsubscribe() first");
            }
            held.holdExactly(new LinkedHashSet<>(partitions));
            assignedByHand = !partitions.isEmpty();
        } finally {
            guard.exit();
        }
    }

    @Override
    public void unsubscribe() {
        enter();
        try {
            leave();
        } finally {
            guard.exit();
        }
    }

    private void leave() {
        member.checkNotInListener();
        member.leave();
        held.holdExactly(Set.of());
        assignedByHand = false;
    }

    @Override
    public Set<String> subscription() {
        enter();
        try {
            return new TreeSet<>(member.subscription());
        } finally {
            guard.exit();
        }
    }

    @Override
    public Set<TopicPartition> assignment() {
        enter();
        try {
            return held.partitions();
        } finally {
            guard.exit();
        }
    }

    @Override
    public ConsumerRecords<K, V> poll(Duration timeout) {
        enter();
        try {
            member.checkNotInListener();
            if (!member.isSubscribed() && !assignedByHand) {
                throw new IllegalStateException(
                        "poll without partitions: subscribe to topics or assign partitions first");
            }
            long deadlineNs = Deadline.after(timeout, time);
            while (true) {
                signal.clear(); // before looking: what happens from here on ends the wait
                if (wakeup.getAndSet(false)) {
                    throw new WakeupException();
                }
                topics.checkOpen();
                member.followAssignment();
                ConsumerRecords<K, V> records = fetch();
                if (!records.isEmpty() || deadlineNs - time.nanoseconds() <= 0) {
                    return records;
                }
                signal.awaitUntil(deadlineNs, time);
            }
        } finally {
            guard.exit();
        }
    }

    private ConsumerRecords<K, V> fetch() {
        try {
            return held.fetch();
        } catch (UnknownTopicOrPartitionException e) {
            if (member.isStale()) {
                return ConsumerRecords.empty(); // the topic was just deleted, and the group is about to say so
            }
            throw e;
        }
    }

    @Override
    public long position(TopicPartition partition) {
        enter();
        try {
            return held.position(partition);
        } finally {
            guard.exit();
        }
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
        enter();
        try {
            if (offset < 0) {
                throw new IllegalArgumentException(
                        "seek " + partition + " to offset " + offset + ", expected 0 or more");
            }
            held.get(partition).seek(offset);
        } finally {
            guard.exit();
        }
    }

    @Override
    public void seekToBeginning(Collection<TopicPartition> partitions) {
        enter();
        try {
            held.select(partitions).forEach(cursor -> cursor.seek(cursor.startOffset()));
        } finally {
            guard.exit();
        }
    }

    @Override
    public void seekToEnd(Collection<TopicPartition> partitions) {
        enter();
        try {
            held.select(partitions).forEach(cursor -> cursor.seek(cursor.endOffset()));
        } finally {
            guard.exit();
        }
    }

    @Override
    public void commitSync() {
        enter();
        try {
            commit(held.positions());
        } finally {
            guard.exit();
        }
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
        enter();
        try {
            commit(new TreeMap<>(offsets));
        } finally {
            guard.exit();
        }
    }

    private void commit(Map<TopicPartition, OffsetAndMetadata> offsets) {
        String group = groupId();
        topics.checkOpen();
        if (member.isSubscribed() && member.membership() == null && !offsets.isEmpty()) {
            throw new CommitFailedException("group " + group + ": this consumer is not a member yet; poll first");
        }
        groups.commit(group, member.membership(), offsets);
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        enter();
        try {
            Map<TopicPartition, OffsetAndMetadata> committed = groups.committed(groupId());
            committed.keySet().retainAll(partitions);
            return committed;
        } finally {
            guard.exit();
        }
    }

    @Override
    public ConsumerGroupMetadata groupMetadata() {
        enter();
        try {
            return member.metadata(groupId());
        } finally {
            guard.exit();
        }
    }

    @Override
    public OptionalLong currentLag(TopicPartition partition) {
        enter();
        try {
            PartitionCursor cursor = held.get(partition);
            return cursor.hasPosition()
                    ? OptionalLong.of(Math.max(0, cursor.endOffset() - cursor.position()))
                    : OptionalLong.empty();
        } finally {
            guard.exit();
        }
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
        enter();
        try {
            return topics.beginningOffsets(partitions);
        } finally {
            guard.exit();
        }
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
        enter();
        try {
            return topics.endOffsets(partitions);
        } finally {
            guard.exit();
        }
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        enter();
        try {
            partitions.forEach(partition -> held.get(partition).setPaused(true));
        } finally {
            guard.exit();
        }
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        enter();
        try {
            partitions.forEach(partition -> held.get(partition).setPaused(false));
        } finally {
            guard.exit();
        }
    }

    @Override
    public Set<TopicPartition> paused() {
        enter();
        try {
            return held.paused();
        } finally {
            guard.exit();
        }
    }

    @Override
    public void wakeup() {
        wakeup.set(true);
        signal.raise();
    }

    @Override
    public void close() {
        guard.enter();
        try {
            if (closed) {
                return;
            }
            member.checkNotInListener();
            try {
                leave(); // its listener may still commit
            } finally {
                closed = true;
            }
        } finally {
            guard.exit();
        }
    }

    private String groupId() {
        return config.groupId()
                .orElseThrow(
                        () -> new InvalidGroupIdException(
                                "the consumer has no group id, which subscribe and commits need; set ConsumerConfig.withGroupId"));
    }

    private void enter() {
        guard.enter();
        if (closed) {
            guard.exit();
            throw new LogClosedException("consumer");
        }
    }
}
