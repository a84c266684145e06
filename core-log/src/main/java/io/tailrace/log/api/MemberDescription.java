package io.tailrace.log.api;

import io.tailrace.common.TopicPartition;
import java.util.Optional;
import java.util.Set;

/**
 * One member of a consumer group.
 *
 * @param present false for a static member that has closed and for which the group still waits
 * @param topics that it subscribes to
 * @param assignment what it owns
 * @param targetAssignment what it is to own when everybody has polled
 */
public record MemberDescription(
        String memberId,
        Optional<String> groupInstanceId,
        boolean present,
        Set<String> topics,
        Set<TopicPartition> assignment,
        Set<TopicPartition> targetAssignment) {}
