package io.tailrace.runtime.metadata;

import io.tailrace.common.TopicPartition;
import java.util.Set;

/**
 * What one client of an application runs.
 *
 * @param hostInfo {@link HostInfo#unavailable()} without {@code application.server}
 * @param stateStoreNames of all its stores, the global ones included
 * @param topicPartitions that its tasks read
 * @param standbyTopicPartitions always empty in one process
 * @param standbyStateStoreNames always empty in one process
 */
public record StreamsMetadata(
        HostInfo hostInfo,
        Set<String> stateStoreNames,
        Set<TopicPartition> topicPartitions,
        Set<TopicPartition> standbyTopicPartitions,
        Set<String> standbyStateStoreNames) {
    public StreamsMetadata {
        stateStoreNames = Set.copyOf(stateStoreNames);
        topicPartitions = Set.copyOf(topicPartitions);
        standbyTopicPartitions = Set.copyOf(standbyTopicPartitions);
        standbyStateStoreNames = Set.copyOf(standbyStateStoreNames);
    }

    public String host() {
        return hostInfo.host();
    }

    public int port() {
        return hostInfo.port();
    }
}
