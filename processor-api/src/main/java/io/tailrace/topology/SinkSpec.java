package io.tailrace.topology;

import io.tailrace.processor.StreamPartitioner;
import io.tailrace.processor.TopicNameExtractor;
import io.tailrace.serde.Serializer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A node that writes to a topic. Null serializers stand for the application's defaults, a null partitioner for the hash
 * of the key.
 *
 * @param topic null when there is an extractor; may be a {@link RepartitionTopic}'s logical name
 * @param topicNameExtractor null when there is a topic
 * @param parents at least one
 */
public record SinkSpec(
        String name,
        @Nullable String topic,
        @Nullable TopicNameExtractor<?, ?> topicNameExtractor,
        @Nullable Serializer<?> keySerializer,
        @Nullable Serializer<?> valueSerializer,
        @Nullable StreamPartitioner<?, ?> partitioner,
        List<String> parents)
        implements NodeSpec {
    /** @throws IllegalArgumentException unless exactly one of topic and extractor is given */
    public SinkSpec {
        if ((topic == null) == (topicNameExtractor == null)) {
            throw new IllegalArgumentException(
                    "sink '" + name + "': expected either a topic or a TopicNameExtractor, found "
                            + (topic == null ? "neither" : "both"));
        }
        parents = List.copyOf(parents);
    }
}
