package io.tailrace.log;

import io.tailrace.common.TopicPartition;
import io.tailrace.log.api.ConsumerRebalanceListener;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Writes down what a consumer is told about its partitions; lost ones are revoked ones, as listeners have it by default. */
class RebalanceDiary implements ConsumerRebalanceListener {
    final List<String> entries = new ArrayList<>();

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        entries.add("revoked " + new TreeSet<>(partitions));
    }

    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        entries.add("assigned " + new TreeSet<>(partitions));
    }
}
