package io.tailrace.log.group;

import io.tailrace.common.TopicPartition;
import java.util.Set;

/**
 * What a member has to give up in this generation.
 *
 * @param generation grows with every change of the assignment
 * @param lost gone already: their topic was deleted, nothing can be committed for them
 * @param revoked still owned until {@link GroupCoordinator#release}; the last moment to commit
 */
public record Revocation(int generation, Set<TopicPartition> lost, Set<TopicPartition> revoked) {}
