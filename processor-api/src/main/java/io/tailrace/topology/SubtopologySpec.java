package io.tailrace.topology;

import java.util.List;
import java.util.Set;

/**
 * A connected part of the graph, which becomes one task per partition. Nodes are connected by a parent or by a store that
 * both use. All sets and lists are in the order in which nodes were added, thus every parent before its children.
 *
 * @param id from 0 on, as Kafka Streams counts: in the order in which the first source of each was added. Global stores are
 *     counted along, so there may be gaps
 * @param sourceTopics including repartition topics, by their logical names
 * @param sinkTopics including repartition topics, by their logical names; what an extractor chooses is not known here
 * @param stores names, without the global stores
 */
public record SubtopologySpec(
        int id, List<NodeSpec> nodes, Set<String> sourceTopics, Set<String> sinkTopics, Set<String> stores) {}
