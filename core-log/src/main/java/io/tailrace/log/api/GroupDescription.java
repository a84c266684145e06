package io.tailrace.log.api;

import io.tailrace.common.TopicPartition;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A consumer group at one moment.
 *
 * @param assignor in use; empty without members
 * @param generationId grows with every assignment
 * @param progress of every partition that was committed or is owned, in order
 */
public record GroupDescription(
        String groupId,
        GroupState state,
        Optional<Assignor> assignor,
        int generationId,
        List<MemberDescription> members,
        Map<TopicPartition, GroupProgress> progress) {}
