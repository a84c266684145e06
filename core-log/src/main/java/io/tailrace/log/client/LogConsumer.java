package io.tailrace.log.client;

import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.LogClosedException;
import io.tailrace.common.errors.UnknownTopicOrPartitionException;
import io.tailrace.common.errors.WakeupException;
import io.tailrace.log.api.Consumer;
import io.tailrace.log.api.ConsumerConfig;
import io.tailrace.log.api.ConsumerGroupMetadata;
import io.tailrace.log.api.ConsumerRebalanceListener;
import io.tailrace.log.api.ConsumerRecords;
import io.tailrace.log.api.IsolationLevel;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.api.OffsetAndTimestamp;
import io.tailrace.log.api.OffsetCommitCallback;
import io.tailrace.log.catalog.TopicName;
import io.tailrace.log.group.Subscription;
import io.tailrace.serde.Deserializer;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The {@link Consumer} of the embedded log: the face and the wait. What is held and where it stands is {@link HeldPartitions};
 * membership in a group is {@link GroupMember}; what is committed, and when, is {@link OffsetCommits}.
 */
final class LogConsumer<K, V> implements Consumer<K, V> {
    private static final Logger LOG = LoggerFactory.getLogger(LogConsumer.class);

    private final Topics topics;
    private final Groups groups;
    private final Time time;
    private final IsolationLevel isolation;
    private final OwnerGuard guard = new OwnerGuard("consumer");
    private final Signal signal = new Signal();
    private final AtomicBoolean wakeup = new AtomicBoolean();
    private final HeldPartitions<K, V> held;
    private final GroupMember member;
    private final OffsetCommits commits;
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
        this.isolation = config.isolationLevel();
        this.held = new HeldPartitions<>(
                topics,
                new StartPositions(groups, config, time),
                config,
                new RecordDecoder<>(keyDeserializer, valueDeserializer),
                signal);
        this.member = new GroupMember(groups, held, config.membership(), signal);
        this.commits = new OffsetCommits(groups, held, member, config, time);
    }

    @Override
    public void subscribe(Collection<String> subscription) {
        subscribe(subscription, GroupMember.NO_LISTENER);
    }

    @Override
    public void subscribe(Collection<String> subscription, ConsumerRebalanceListener listener) {
        run(() -> {
            subscription.forEach(TopicName::check);
            subscribe(new Subscription.Topics(new TreeSet<>(subscription)), listener);
        });
    }

    @Override
    public void subscribe(Pattern pattern) {
        subscribe(pattern, GroupMember.NO_LISTENER);
    }

    @Override
    public void subscribe(Pattern pattern, ConsumerRebalanceListener listener) {
        run(() -> subscribe(new Subscription.Matching(pattern), listener));
    }

    private void subscribe(Subscription subscription, ConsumerRebalanceListener listener) {
        member.checkNotInListener();
        if (assignedByHand) {
            throw new IllegalStateException("subscribe after assign: unsubscribe() first");
        }
        if (subscription.equals(Subscription.NONE)) {
            member.leave(commits::commitIfAutomatic);
        } else {
            member.subscribe(commits.groupId(), subscription, listener);
        }
    }

    @Override
    public void assign(Collection<TopicPartition> partitions) {
        run(() -> {
            member.checkNotInListener();
            if (member.isSubscribed()) {
                throw new IllegalStateException("assign after subscribe: unsubscribe() first");
            }
            commits.commitIfAutomatic();
            held.holdExactly(new LinkedHashSet<>(partitions));
            assignedByHand = !partitions.isEmpty();
        });
    }

    @Override
    public void unsubscribe() {
        run(this::leave);
    }

    private void leave() {
        member.checkNotInListener();
        FirstFailure failure = new FirstFailure();
        if (assignedByHand && held.isLogOpen()) {
            failure.run(commits::commitIfAutomatic);
        }
        failure.run(() -> member.leave(commits::commitIfAutomatic));
        held.holdExactly(Set.of());
        assignedByHand = false;
        failure.rethrow();
    }

    @Override
    public Set<String> subscription() {
        return call(() -> new TreeSet<>(member.subscription().topics(topics)));
    }

    @Override
    public Set<TopicPartition> assignment() {
        return call(held::partitions);
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
            commits.tellOutcomes();
            long deadlineNs = Deadline.after(timeout, time);
            while (true) {
                signal.clear(); // before looking: what happens from here on ends the wait
                if (wakeup.getAndSet(false)) {
                    throw new WakeupException();
                }
                topics.checkOpen();
                member.followAssignment(commits::commitIfAutomatic);
                commits.commitIfDue();
                long passes = held.passes();
                ConsumerRecords<K, V> records = fetch();
                if (!records.isEmpty() || held.passes() != passes || deadlineNs - time.nanoseconds() <= 0) {
                    return records;
                }
                signal.awaitUntil(commits.waitUntilNs(deadlineNs), time);
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
        return call(() -> held.position(partition));
    }

    @Override
    public void seek(TopicPartition partition, long offset) {
        run(() -> {
            if (offset < 0) {
                throw new IllegalArgumentException(
                        "seek " + partition + " to offset " + offset + ", expected 0 or more");
            }
            held.seek(partition, offset);
        });
    }

    @Override
    public void seekToBeginning(Collection<TopicPartition> partitions) {
        run(() -> held.seekToBeginning(partitions));
    }

    @Override
    public void seekToEnd(Collection<TopicPartition> partitions) {
        run(() -> held.seekToEnd(partitions));
    }

    @Override
    public void commitSync() {
        run(() -> commitSync(held.positions()));
    }

    @Override
    public void commitSync(Map<TopicPartition, OffsetAndMetadata> offsets) {
        run(() -> {
            topics.checkOpen();
            commits.commit(new TreeMap<>(offsets));
            commits.tellOutcomes();
        });
    }

    @Override
    public void commitAsync() {
        commitAsync((offsets, exception) -> {
            if (exception != null) {
                LOG.warn("Offsets {} were not committed", offsets, exception);
            }
        });
    }

    @Override
    public void commitAsync(OffsetCommitCallback callback) {
        run(() -> commitAsync(held.positions(), callback));
    }

    @Override
    public void commitAsync(Map<TopicPartition, OffsetAndMetadata> offsets, OffsetCommitCallback callback) {
        run(() -> {
            topics.checkOpen();
            commits.commitAsync(new TreeMap<>(offsets), callback);
        });
    }

    @Override
    public Map<TopicPartition, OffsetAndMetadata> committed(Set<TopicPartition> partitions) {
        return call(() -> {
            Map<TopicPartition, OffsetAndMetadata> committed = groups.committed(commits.groupId());
            committed.keySet().retainAll(partitions);
            return committed;
        });
    }

    @Override
    public ConsumerGroupMetadata groupMetadata() {
        return call(() -> member.metadata(commits.groupId()));
    }

    @Override
    public OptionalLong currentLag(TopicPartition partition) {
        return call(() -> held.lag(partition));
    }

    @Override
    public Map<TopicPartition, Long> beginningOffsets(Collection<TopicPartition> partitions) {
        return call(() -> topics.offsets().beginning(partitions));
    }

    @Override
    public Map<TopicPartition, Long> endOffsets(Collection<TopicPartition> partitions) {
        return call(() -> topics.offsets().end(partitions, isolation));
    }

    @Override
    public Map<TopicPartition, OffsetAndTimestamp> offsetsForTimes(Map<TopicPartition, Long> timestampsToSearch) {
        return call(() -> topics.offsets().forTimes(timestampsToSearch));
    }

    @Override
    public Map<String, List<TopicPartition>> listTopics() {
        return call(() -> {
            Map<String, List<TopicPartition>> partitions = new TreeMap<>();
            topics.all().forEach(topic -> partitions.put(topic.name(), topic.topicPartitions()));
            return partitions;
        });
    }

    @Override
    public List<TopicPartition> partitionsFor(String topic) {
        return call(() -> topics.get(topic).topicPartitions());
    }

    @Override
    public void pause(Collection<TopicPartition> partitions) {
        run(() -> held.pause(partitions));
    }

    @Override
    public void resume(Collection<TopicPartition> partitions) {
        run(() -> held.resume(partitions));
    }

    @Override
    public Set<TopicPartition> paused() {
        return call(held::paused);
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
            FirstFailure failure = new FirstFailure();
            try {
                failure.run(this::leave); // its listener may still commit
                failure.run(commits::tellOutcomes);
            } finally {
                closed = true;
            }
            failure.rethrow();
        } finally {
            guard.exit();
        }
    }

    private void run(Runnable action) {
        enter();
        try {
            action.run();
        } finally {
            guard.exit();
        }
    }

    private <R> R call(Supplier<R> action) {
        enter();
        try {
            return action.get();
        } finally {
            guard.exit();
        }
    }

    private void enter() {
        guard.enter();
        if (closed) {
            guard.exit();
            throw new LogClosedException("consumer");
        }
    }
}
