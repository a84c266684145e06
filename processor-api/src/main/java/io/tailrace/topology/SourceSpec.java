package io.tailrace.topology;

import io.tailrace.processor.AutoOffsetReset;
import io.tailrace.processor.TimestampExtractor;
import io.tailrace.serde.Deserializer;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A node that reads topics. Where something is null the application's default applies.
 *
 * @param topics at least one, each read by this source only; among them may be a {@link RepartitionTopic}'s logical name
 */
public record SourceSpec(
        String name,
        Set<String> topics,
        @Nullable AutoOffsetReset offsetReset,
        @Nullable TimestampExtractor timestampExtractor,
        @Nullable Deserializer<?> keyDeserializer,
        @Nullable Deserializer<?> valueDeserializer)
        implements NodeSpec {
    public SourceSpec {
        topics = Collections.unmodifiableSet(new LinkedHashSet<>(topics));
    }

    /** Always empty. */
    @Override
    public List<String> parents() {
        return List.of();
    }
}
