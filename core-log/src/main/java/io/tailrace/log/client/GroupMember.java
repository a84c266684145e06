package io.tailrace.log.client;

import io.tailrace.common.TopicPartition;
import io.tailrace.common.errors.FencedInstanceIdException;
import io.tailrace.log.api.ConsumerGroupMetadata;
import io.tailrace.log.api.ConsumerRebalanceListener;
import io.tailrace.log.api.GroupMembership;
import io.tailrace.log.group.Revocation;
import io.tailrace.log.group.Subscription;
import java.util.Collection;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The group side of a consumer: joins, follows the assignment, tells the listener, leaves.
 *
 * <pre>
 *   not subscribed --subscribe--> subscribed --followAssignment--> member --leave--> not subscribed
 *                                                                    |                     ^
 *                                             another has its instance id --> fenced --leave--+
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
    private final GroupMembership config;
    private final Signal signal;
    private String group = "";
    private Subscription subscription = Subscription.NONE;
    private ConsumerRebalanceListener listener = NO_LISTENER;
    private boolean subscriptionChanged;
    private boolean inListener;
    private int generation = ConsumerGroupMetadata.UNKNOWN_GENERATION_ID;
    private @Nullable Membership membership;

    GroupMember(Groups groups, HeldPartitions<?, ?> held, GroupMembership config, Signal signal) {
        this.groups = groups;
        this.held = held;
        this.config = config;
        this.signal = signal;
    }

    boolean isSubscribed() {
        return !subscription.equals(Subscription.NONE);
    }

    Subscription subscription() {
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
                : new ConsumerGroupMetadata(groupId, generation, current.member(), config.groupInstanceId());
    }

    /** Whether the assignment has changed since it was followed. */
    boolean isStale() {
        Membership current = membership;
        return current != null && current.isStale();
    }

    void subscribe(String newGroup, Subscription newSubscription, ConsumerRebalanceListener newListener) {
        subscriptionChanged |= !subscription.equals(newSubscription);
        group = newGroup;
        subscription = newSubscription;
        listener = newListener;
    }

    /**
     * Joins if that is due, gives up what others should have, takes what is free. Costs nothing when nothing has changed.
     *
     * @param beforeRevoking called before partitions are given up
     * @throws FencedInstanceIdException when another consumer has taken this one's instance id, in this call and all that follow
     */
    void followAssignment(Runnable beforeRevoking) {
        if (!isSubscribed()) {
            return;
        }
        groups.expireIfDue();
        try {
            Membership current = membership;
            if (current == null || subscriptionChanged) {
                current = groups.subscribe(current, group, config, subscription, signal);
                membership = current;
                subscriptionChanged = false;
            }
            if (current.isStale()) {
                current.clearStale();
                follow(current, beforeRevoking);
            }
        } catch (FencedInstanceIdException e) {
            Membership fenced = membership;
            if (fenced != null) {
                fenced.markStale(); // to find out again in the next poll
            }
            lose(held.partitions(), FirstFailure.of(e));
            throw e;
        }
    }

    private void follow(Membership current, Runnable beforeRevoking) {
        FirstFailure failure = new FirstFailure();
        Revocation revocation = groups.revocation(current);
        generation = revocation.generation();
        lose(revocation.lost(), failure); // first: nothing can be committed for them any more
        if (!revocation.revoked().isEmpty()) {
            try {
                failure.run(beforeRevoking);
                failure.run(() -> tell(() -> listener.onPartitionsRevoked(revocation.revoked())));
            } finally {
                held.drop(revocation.revoked());
                groups.release(current, revocation.revoked());
            }
        }
        Set<TopicPartition> claimed = groups.claim(current);
        if (!claimed.isEmpty()) {
            held.add(claimed);
            failure.run(() -> tell(() -> listener.onPartitionsAssigned(claimed)));
        }
        failure.rethrow();
    }

    private void lose(Set<TopicPartition> lost, FirstFailure failure) {
        held.drop(lost);
        if (!lost.isEmpty()) {
            failure.run(() -> tell(() -> listener.onPartitionsLost(lost)));
        }
    }

    /**
     * Gives up everything and leaves; also when the listener fails, and when the log is closed, where nobody is told.
     *
     * @param beforeRevoking called before partitions are given up
     */
    void leave(Runnable beforeRevoking) {
        Membership current = membership;
        FirstFailure failure = new FirstFailure();
        try {
            Set<TopicPartition> all = held.partitions();
            if (current != null && !all.isEmpty() && held.isLogOpen()) {
                if (groups.isFenced(current)) {
                    lose(all, failure);
                } else {
                    failure.run(beforeRevoking);
                    failure.run(() -> tell(() -> listener.onPartitionsRevoked(all)));
                }
            }
        } finally {
            if (current != null) {
                groups.leave(current);
                held.drop(held.partitions());
            }
            membership = null;
            generation = ConsumerGroupMetadata.UNKNOWN_GENERATION_ID;
            subscription = Subscription.NONE;
            subscriptionChanged = false;
            listener = NO_LISTENER;
        }
        failure.rethrow();
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
