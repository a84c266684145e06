package io.tailrace.log.api;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * How a consumer takes part in its group.
 *
 * @param groupInstanceId makes the member static (KIP-345, Kafka's {@code group.instance.id}): when it closes, its partitions
 *     stay reserved until {@code sessionTimeout} has passed, and whoever joins with the same id gets them
 * @param assignors in order of preference, at least one. All members of a group must have one in common; of those that all
 *     have, the one that most members prefer is used
 * @param sessionTimeout how long the group waits for a static member to come back. Others have no use for it: in one
 *     process a member is gone when it is closed
 */
public record GroupMembership(Optional<String> groupInstanceId, List<Assignor> assignors, Duration sessionTimeout) {

    /** A dynamic member, range before cooperative-sticky, 45 seconds: all as in Kafka. */
    public static final GroupMembership DEFAULT = new GroupMembership(
            Optional.empty(), List.of(Assignor.RANGE, Assignor.COOPERATIVE_STICKY), Duration.ofSeconds(45));

    public GroupMembership {
        if (groupInstanceId.isPresent() && groupInstanceId.get().isBlank()) {
            throw new IllegalArgumentException("groupInstanceId is blank, expected a name or none");
        }
        assignors = List.copyOf(assignors);
        if (assignors.isEmpty() || assignors.stream().distinct().count() < assignors.size()) {
            throw new IllegalArgumentException("assignors " + assignors + ", expected one or more, each once");
        }
        if (sessionTimeout.isNegative()) {
            throw new IllegalArgumentException("sessionTimeout " + sessionTimeout + ", expected zero or more");
        }
    }

    public GroupMembership withGroupInstanceId(String newGroupInstanceId) {
        return new GroupMembership(Optional.of(newGroupInstanceId), assignors, sessionTimeout);
    }

    /** Exactly these, in order of preference. */
    public GroupMembership withAssignors(Assignor... newAssignors) {
        return new GroupMembership(groupInstanceId, List.of(newAssignors), sessionTimeout);
    }

    public GroupMembership withSessionTimeout(Duration newSessionTimeout) {
        return new GroupMembership(groupInstanceId, assignors, newSessionTimeout);
    }
}
