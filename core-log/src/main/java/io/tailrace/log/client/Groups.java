package io.tailrace.log.client;

import io.tailrace.common.Time;
import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.InvalidGroupIdException;
import io.tailrace.log.api.ConsumerGroupMetadata;
import io.tailrace.log.api.GroupDescription;
import io.tailrace.log.api.GroupMembership;
import io.tailrace.log.api.OffsetAndMetadata;
import io.tailrace.log.group.GroupCoordinator;
import io.tailrace.log.group.OffsetRecord;
import io.tailrace.log.group.Revocation;
import io.tailrace.log.group.Subscription;
import io.tailrace.log.record.ProducerStamp;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The consumer groups of an open log: gives the {@link GroupCoordinator} its lock, its clock and the offsets topic, and tells
 * members when they have to ask it again.
 *
 * <p><b>Threads:</b> any. The lock is held while offsets are appended, so commits take effect in the order of the log.
 */
public final class Groups implements TopicListener, Sender.Task {
    private static final long NEVER = Long.MIN_VALUE;

    private final Topics topics;
    private final OffsetsTopic offsetsTopic;
    private final Time time;
    private final Sender sender;
    private final ReentrantLock lock = new ReentrantLock();
    private final GroupCoordinator coordinator; // guarded by lock
    private final List<Membership> memberships = new ArrayList<>(); // guarded by lock
    private final Set<Signal> waitingForOffsets = new HashSet<>(); // guarded by lock
    private int lastMember; // guarded by lock
    private boolean scheduled; // guarded by lock
    private volatile long nextExpiryNs = NEVER; // written under lock

    private Groups(Topics topics, Time time, Sender sender) {
        this.topics = topics;
        this.offsetsTopic = new OffsetsTopic(topics);
        this.time = time;
        this.sender = sender;
        this.coordinator = new GroupCoordinator(topics);
    }

    /**
     * Rebuilds the committed offsets; those of topics that do not exist any more are forgotten.
     *
     * @param sender runs what is due while all members wait
     */
    static Groups open(Topics topics, Time time, Sender sender) {
        Groups groups = new Groups(topics, time, sender);
        groups.offsetsTopic.replay(groups.coordinator::apply);
        groups.forgetTopics();
        topics.changes().addListener(groups);
        return groups;
    }

    /** How many groups there are. */
    public int count() {
        return locked(() -> coordinator.groupIds().size());
    }

    /** @throws InvalidGroupIdException when the id is empty or too long to be stored */
    static void checkId(String group) {
        if (group.isBlank()) {
            throw new InvalidGroupIdException("group id '" + group + "' is blank, expected a name");
        }
    }

    /** Joins a group, or changes what a member subscribes to. */
    Membership subscribe(
            @Nullable Membership existing,
            String group,
            GroupMembership config,
            Subscription subscription,
            Signal signal) {
        return locked(() -> {
            Membership membership = existing;
            if (membership == null) {
                // Padded, so that the order of ids, which assignors follow, is the order of joining.
                String id = "%s-%08d".formatted(config.groupInstanceId().orElse("member"), ++lastMember);
                membership = new Membership(group, id, signal);
            }
            coordinator.subscribe(group, membership.member(), config, subscription);
            if (existing == null) {
                memberships.add(membership);
                updateExpiry(); // a static member may be back
            }
            markStale(group);
            return membership;
        });
    }

    void leave(Membership membership) {
        doLocked(() -> {
            if (memberships.remove(membership)) {
                coordinator.leave(membership.group(), membership.member(), time.nanoseconds());
                markStale(membership.group());
                updateExpiry();
            }
        });
    }

    /** Lets go of static members that have not come back in time. Costs nothing while none is away. */
    void expireIfDue() {
        long due = nextExpiryNs;
        if (due != NEVER && time.nanoseconds() - due >= 0) {
            doLocked(() -> expire(time.nanoseconds()));
        }
    }

    private void expire(long nowNs) {
        coordinator.expire(nowNs).forEach(this::markStale);
        updateExpiry();
    }

    private void updateExpiry() {
        OptionalLong next = coordinator.nextExpiryNs();
        nextExpiryNs = next.orElse(NEVER);
        if (next.isPresent() && !scheduled) {
            scheduled = true;
            sender.schedule(this, next.getAsLong());
        }
    }

    /** For members that wait while another one's session times out. */
    @Override
    public long run(long nowNs) {
        return locked(() -> {
            scheduled = false;
            expire(nowNs); // schedules this again if anybody is still away
            return Sender.DONE;
        });
    }

    /** Whether another consumer has taken the member's group instance id. */
    boolean isFenced(Membership membership) {
        return locked(() -> coordinator.isFenced(membership.group(), membership.member()));
    }

    Revocation revocation(Membership membership) {
        return locked(() -> coordinator.revocation(membership.group(), membership.member()));
    }

    void release(Membership membership, Set<TopicPartition> partitions) {
        doLocked(() -> {
            coordinator.release(membership.group(), membership.member(), partitions);
            markStale(membership.group());
        });
    }

    Set<TopicPartition> claim(Membership membership) {
        return locked(() -> coordinator.claim(membership.group(), membership.member()));
    }

    /** @param membership null for a consumer that is not in the group */
    void commit(String group, @Nullable Membership membership, Map<TopicPartition, OffsetAndMetadata> offsets) {
        store(
                group,
                offsets,
                () -> coordinator.commit(group, membership == null ? null : membership.member(), offsets));
    }

    /**
     * Sets offsets from outside.
     *
     * @throws io.tailrace.common.errors.GroupNotEmptyException when the group has members
     */
    void alter(String group, Map<TopicPartition, OffsetAndMetadata> offsets) {
        expireIfDue();
        store(group, offsets, () -> {
            coordinator.checkNoMembers(group, "set its offsets");
            return coordinator.commit(group, null, offsets);
        });
    }

    private void store(
            String group, Map<TopicPartition, OffsetAndMetadata> offsets, Supplier<List<OffsetRecord>> records) {
        checkId(group);
        if (offsets.isEmpty()) {
            return;
        }
        offsetsTopic.ensureExists();
        doLocked(() -> {
            // Under the lock: a topic that is deleted right after this check has its offsets forgotten right after the
            // commit.
            offsets.keySet().forEach(partition -> topics.get(partition.topic()).checkPartition(partition.partition()));
            store(records.get());
        });
        offsetsTopic.awaitDurable(group);
    }

    Map<TopicPartition, OffsetAndMetadata> committed(String group) {
        topics.checkOpen();
        return locked(() -> coordinator.committed(group));
    }

    @Nullable
    OffsetAndMetadata committed(String group, TopicPartition partition) {
        topics.checkOpen();
        lock.lock();
        try {
            return coordinator.committed(group, partition);
        } finally {
            lock.unlock();
        }
    }

    GroupDescription describe(String group) {
        topics.checkOpen();
        expireIfDue();
        return locked(() -> coordinator.describe(group, topics.offsets()::end));
    }

    void deleteOffsets(String group, Set<TopicPartition> partitions) {
        expireIfDue();
        doLocked(() -> {
            topics.checkOpen();
            store(coordinator.deleteOffsets(group, partitions));
        });
        offsetsTopic.awaitDurable(group);
    }

    void delete(String group) {
        expireIfDue();
        doLocked(() -> {
            topics.checkOpen();
            store(coordinator.delete(group));
        });
        offsetsTopic.awaitDurable(group);
    }

    Set<String> groupIds() {
        topics.checkOpen();
        expireIfDue();
        return locked(coordinator::groupIds);
    }

    @Override
    public void topicChanged(String topic) {
        doLocked(() -> {
            coordinator.topicChanged(topic).forEach(this::markStale);
        });
    }

    @Override
    public void topicDeleted(String topic) {
        doLocked(() -> {
            coordinator.topicDeleted(topic).forEach(this::markStale);
            forgetTopics();
        });
    }

    /** What could not be forgotten when the topic was deleted, as the device refused, has to be forgotten now. */
    @Override
    public void beforeCreation(String topic) {
        doLocked(this::forgetTopics);
    }

    // Forced, whatever the policy, before it counts: a topic that is made again must not find the offsets of its former
    // life after a power loss.
    private void forgetTopics() {
        List<OffsetRecord> records = coordinator.forgetTopics();
        offsetsTopic.append(records, null, time.milliseconds());
        offsetsTopic.force(records);
        records.forEach(coordinator::apply);
    }

    /** The partition that keeps the offsets of a group; the topic is made if need be. */
    TopicPartition offsetsPartition(String group) {
        offsetsTopic.ensureExists();
        return offsetsTopic.partition(group);
    }

    /** Stores offsets as a part of a transaction; they take effect by {@link #endTransaction}. */
    void commitInTransaction(
            ProducerStamp transaction,
            ConsumerGroupMetadata committer,
            Map<TopicPartition, OffsetAndMetadata> offsets) {
        doLocked(() -> {
            offsets.keySet().forEach(partition -> topics.get(partition.topic()).checkPartition(partition.partition()));
            List<OffsetRecord> records = coordinator.commit(committer, offsets);
            offsetsTopic.append(records, transaction, time.milliseconds());
            records.forEach(record -> coordinator.applyPending(transaction.producerId(), record));
        });
        offsetsTopic.awaitDurable(committer.groupId()); // before the outcome is
    }

    /** Lets the offsets of a transaction take effect, or forgets them, when its markers are in the log. */
    void endTransaction(long producerId, boolean commit, Runnable writeMarkers) {
        doLocked(() -> {
            writeMarkers.run();
            coordinator.endTransaction(producerId, commit);
            waitingForOffsets.forEach(Signal::raise);
            waitingForOffsets.clear();
        });
    }

    /**
     * Whether what the group has committed for the partition is certain, as Kafka's stable offsets.
     *
     * @param waiter raised once when a transaction has ended, if it is not certain
     */
    boolean isStable(String group, TopicPartition partition, Signal waiter) {
        return locked(() -> {
            boolean pending = coordinator.hasPending(group, partition);
            if (pending) {
                waitingForOffsets.add(waiter);
            }
            return !pending;
        });
    }

    /** Wakes all members, because the log closes. */
    void wakeMembers() {
        doLocked(() -> {
            memberships.forEach(Membership::markStale);
        });
    }

    /** Appends first, then lets the records take effect. */
    private void store(List<OffsetRecord> records) {
        offsetsTopic.append(records, null, time.milliseconds());
        records.forEach(coordinator::apply);
    }

    private void markStale(String group) {
        for (Membership membership : memberships) {
            if (membership.group().equals(group)) {
                membership.markStale();
            }
        }
    }

    private void doLocked(Runnable action) {
        lock.lock();
        try {
            action.run();
        } finally {
            lock.unlock();
        }
    }

    private <R> R locked(Supplier<R> action) {
        lock.lock();
        try {
            return action.get();
        } finally {
            lock.unlock();
        }
    }
}
