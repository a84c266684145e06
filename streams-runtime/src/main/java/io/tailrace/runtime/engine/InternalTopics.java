package io.tailrace.runtime.engine;

import io.tailrace.common.errors.TopicExistsException;
import io.tailrace.log.api.Admin;
import io.tailrace.log.api.NewTopic;
import io.tailrace.runtime.plan.InternalTopic;
import io.tailrace.runtime.plan.PhysicalPlan;
import io.tailrace.topology.TopologyGraph;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Lays a topology out on the topics of a log and creates those that the application needs for itself. */
final class InternalTopics {
    private static final Logger LOG = LoggerFactory.getLogger(InternalTopics.class);

    private InternalTopics() {}

    static PhysicalPlan plan(TopologyGraph graph, String applicationId, Map<String, String> topicConfigs, Admin admin) {
        Map<String, Integer> existing = new LinkedHashMap<>();
        for (String topic : admin.listTopics()) {
            admin.findTopic(topic).ifPresent(found -> existing.put(topic, found.partitions()));
        }
        return PhysicalPlan.of(graph, applicationId, existing, topicConfigs);
    }

    /** Creates those that are not there yet. */
    static void create(PhysicalPlan plan, Admin admin) {
        for (InternalTopic topic : plan.internalTopics()) {
            if (admin.findTopic(topic.name()).isEmpty()) {
                create(topic, admin);
            }
        }
    }

    private static void create(InternalTopic topic, Admin admin) {
        try {
            admin.createTopic(new NewTopic(topic.name(), topic.partitions(), topic.configs()));
            LOG.info("Created internal topic {} with {} partitions", topic.name(), topic.partitions());
        } catch (TopicExistsException e) {
            throw new IllegalStateException(
                    "internal topic " + topic.name() + " appeared while it was being created:"
                            + " somebody else uses this application's names",
                    e);
        }
    }
}
