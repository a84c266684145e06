package io.tailrace.topology;

import io.tailrace.processor.AutoOffsetReset;
import io.tailrace.processor.TimestampExtractor;
import io.tailrace.serde.Deserializer;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A node that reads topics. Where something is null the application's default applies.
 *
 * @param topics at least one unless there is a pattern, each read by this source only; among them may be a {@link
 *     RepartitionTopic}'s logical name
 * @param topicPattern of the names of all topics to be read, those included that come later; null when the topics are named
 */
public record SourceSpec(
        String name,
        Set<String> topics,
        @Nullable Pattern topicPattern,
        @Nullable AutoOffsetReset offsetReset,
        @Nullable TimestampExtractor timestampExtractor,
        @Nullable Deserializer<?> keyDeserializer,
        @Nullable Deserializer<?> valueDeserializer)
        implements NodeSpec {
    public SourceSpec {
        topics = Collections.unmodifiableSet(new LinkedHashSet<>(topics));
    }

    /** Reads named topics. */
    public SourceSpec(
            String name,
            Set<String> topics,
            @Nullable AutoOffsetReset offsetReset,
            @Nullable TimestampExtractor timestampExtractor,
            @Nullable Deserializer<?> keyDeserializer,
            @Nullable Deserializer<?> valueDeserializer) {
        this(name, topics, null, offsetReset, timestampExtractor, keyDeserializer, valueDeserializer);
    }

    /** The same source, reading these topics. */
    SourceSpec withTopics(Set<String> found) {
        return new SourceSpec(
                name, found, topicPattern, offsetReset, timestampExtractor, keyDeserializer, valueDeserializer);
    }

    /** Always empty. */
    @Override
    public List<String> parents() {
        return List.of();
    }
}
