package io.tailrace.log.client;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.ConsumerGroupMetadata;
import io.tailrace.log.api.ConsumerRebalanceListener;
import io.tailrace.log.group.Revocation;
import java.util.Collection;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The group side of a consumer: joins, follows the assignment, tells the listener, leaves.
 *
 * <pre>
 *   not subscribed --subscribe--> subscribed --followAssignment--> member --leave--> not subscribed
 * </pre>
 *
 * <p><b>Owner:</b> the consumer's thread.
 */
final class GroupMember {
    static final ConsumerRebalanceListener NO_LISTENER = new ConsumerRebalanceListener() {
        @Override
        public void onPartitionsRevoked(Collection<TopicPartition> partitions) {}

        @Override
        public void onPartitionsAssigned(Collection<TopicPartition> partitions) {}
    };

    private final Groups groups;
    private final HeldPartitions<?, ?> held;
    private final Signal signal;
    private String group = "";
    private Set<String> subscription = Set.of();
    private ConsumerRebalanceListener listener = NO_LISTENER;
    private boolean subscriptionChanged;
    private boolean inListener;
    private int generation = ConsumerGroupMetadata.UNKNOWN_GENERATION_ID;
    private @Nullable Membership membership;

    GroupMember(Groups groups, HeldPartitions<?, ?> held, Signal signal) {
        this.groups = groups;
        this.held = held;
        this.signal = signal;
    }

    boolean isSubscribed() {
        return !subscription.isEmpty();
    }

    Set<String> subscription() {
        return subscription;
    }

    /** Null before the first poll. */
    @Nullable
    Membership membership() {
        return membership;
    }

    ConsumerGroupMetadata metadata(String groupId) {
        Membership current = membership;
        return current == null
                ? new ConsumerGroupMetadata(groupId)
                : new ConsumerGroupMetadata(groupId, generation, current.member(), Optional.empty());
    }

    /** Whether the assignment has changed since it was followed. */
    boolean isStale() {
        Membership current = membership;
        return current != null && current.isStale();
    }

    void subscribe(String newGroup, Set<String> newSubscription, ConsumerRebalanceListener newListener) {
        subscriptionChanged |= !subscription.equals(newSubscription);
        group = newGroup;
        subscription = newSubscription;
        listener = newListener;
    }

    /** Joins if that is due, gives up what others should have, takes what is free. Costs nothing when nothing has changed. */
    void followAssignment() {
        if (subscription.isEmpty()) {
            return;
        }
        Membership current = membership;
        if (current == null || subscriptionChanged) {
            current = groups.subscribe(current, group, subscription, signal);
            membership = current;
            subscriptionChanged = false;
        }
        if (current.isStale()) {
            current.clearStale();
            Revocation revocation = groups.revocation(current);
            generation = revocation.generation();
            giveUp(current, revocation);
            take(groups.claim(current));
        }
    }

    private void giveUp(Membership current, Revocation revocation) {
        held.drop(revocation.lost()); // first: nothing can be committed for them any more
        Set<TopicPartition> all = new TreeSet<>(revocation.lost());
        all.addAll(revocation.revoked());
        if (all.isEmpty()) {
            return;
        }
        try {
            tell(() -> listener.onPartitionsRevoked(all));
        } finally {
            held.drop(revocation.revoked());
            groups.release(current, revocation.revoked());
        }
    }

    private void take(Set<TopicPartition> claimed) {
        if (!claimed.isEmpty()) {
            held.add(claimed);
            tell(() -> listener.onPartitionsAssigned(claimed));
        }
    }

    /** Gives up everything and leaves; also when the listener fails, and when the log is closed, where nobody is told. */
    void leave() {
        Membership current = membership;
        try {
            Set<TopicPartition> all = held.partitions();
            if (current != null && !all.isEmpty() && held.isLogOpen()) {
                tell(() -> listener.onPartitionsRevoked(all));
            }
        } finally {
            if (current != null) {
                groups.leave(current);
                held.drop(held.partitions());
            }
            membership = null;
            generation = ConsumerGroupMetadata.UNKNOWN_GENERATION_ID;
            subscription = Set.of();
            subscriptionChanged = false;
            listener = NO_LISTENER;
        }
    }

    private void tell(Runnable call) {
        inListener = true;
        try {
            call.run();
        } finally {
            inListener = false;
        }
    }

    void checkNotInListener() {
        if (inListener) {
            throw new IllegalStateException(
                    "a rebalance listener may commit, seek and pause, but not poll, subscribe, assign or close");
        }
    }
}
