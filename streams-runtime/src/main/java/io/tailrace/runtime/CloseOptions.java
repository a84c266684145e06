package io.tailrace.runtime;

import java.time.Duration;
import java.util.Optional;

/**
 * How an application is closed (KIP-1153). Changed in place by its {@code with} methods.
 *
 * <p>An embedded application is no member of a group that others could join, so to leave the group or to remain in it is the same.
 * Owner: one thread.
 */
public final class CloseOptions {
    /** What becomes of the membership in the consumer group; without meaning in an embedded application. */
    public enum GroupMembershipOperation {
        LEAVE_GROUP,
        REMAIN_IN_GROUP
    }

    private Optional<Duration> timeout = Optional.empty();
    private GroupMembershipOperation operation = GroupMembershipOperation.REMAIN_IN_GROUP;

    private CloseOptions() {}

    /** @throws IllegalArgumentException when {@code timeout} is negative */
    public static CloseOptions timeout(Duration timeout) {
        return new CloseOptions().withTimeout(timeout);
    }

    public static CloseOptions groupMembershipOperation(GroupMembershipOperation operation) {
        return new CloseOptions().withGroupMembershipOperation(operation);
    }

    /** @throws IllegalArgumentException when {@code newTimeout} is negative */
    public CloseOptions withTimeout(Duration newTimeout) {
        if (newTimeout.isNegative()) {
            throw new IllegalArgumentException("close timeout " + newTimeout + ", expected zero or more");
        }
        timeout = Optional.of(newTimeout);
        return this;
    }

    public CloseOptions withGroupMembershipOperation(GroupMembershipOperation newOperation) {
        operation = newOperation;
        return this;
    }

    /** How long to wait for the end; empty for as long as it takes. */
    Optional<Duration> timeout() {
        return timeout;
    }

    /** What was asked for, for messages. */
    @Override
    public String toString() {
        return "CloseOptions(timeout=" + timeout.map(Duration::toString).orElse("none") + ", operation=" + operation
                + ")";
    }
}
